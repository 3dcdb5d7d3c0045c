package dev.winnow.admin.access;

import dev.winnow.file.Sha256;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The users that the configuration names, checked by name and password.
///
/// Every password is compared as a bcrypt hash, that of a name nobody has too, so the time an answer takes does not
/// tell which names there are. As bcrypt is slow on purpose, the digest of the last right password is kept in memory,
/// and few hashes are computed at once.
@Singleton
final class Users implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private static final int HASHES_AT_ONCE = 2;
    private static final int COST = 10;

    private final Map<String, User> users = new HashMap<>();
    private final User nobody;
    private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE);
    private final Map<String, byte[]> lastRight = new ConcurrentHashMap<>();
    private final byte[] salt = new byte[32];

    private record User(String hash, Optional<Role> role) {}

    Users(AdminConfig config) {
        new SecureRandom().nextBytes(salt);
        config.users()
                .forEach((name, user) -> users.put(name, new User(hash(user.password()), Optional.of(user.role()))));
        nobody = new User(hash(HexFormat.of().formatHex(salt)), Optional.empty());
    }

    /// Whether a configured password is a hash already.
    static boolean isHash(String password) {
        return password.startsWith("$2");
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        String name = request.getUsername();
        String password = new String(request.getPassword().getPassword());
        return context.runBlocking(() ->
                find(name, password).map(role -> identity(name, role)).orElseThrow(AuthenticationFailedException::new));
    }

    /// The role of the user with this name and password.
    Optional<Role> find(String name, String password) {
        User user = users.getOrDefault(name, nobody);
        byte[] digest = digest(password);
        byte[] known = lastRight.get(name);
        if (known != null && MessageDigest.isEqual(known, digest)) {
            return user.role();
        }
        if (!matches(password, user.hash())) {
            return Optional.empty();
        }
        if (user.role().isPresent()) {
            lastRight.put(name, digest);
        }
        return user.role();
    }

    private boolean matches(String password, String hash) {
        hashing.acquireUninterruptibly();
        try {
            return BcryptUtil.matches(password, hash);
        } finally {
            hashing.release();
        }
    }

    private byte[] digest(String password) {
        MessageDigest digest = Sha256.digest();
        digest.update(salt);
        return digest.digest(password.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String password) {
        return isHash(password) ? password : BcryptUtil.bcryptHash(password, COST);
    }

    private static SecurityIdentity identity(String name, Role role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRole(role.code())
                .build();
    }
}
