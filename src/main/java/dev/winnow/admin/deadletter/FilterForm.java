package dev.winnow.admin.deadletter;

import dev.winnow.admin.call.Parameters;
import dev.winnow.deadletter.DeadLetter;
import dev.winnow.file.Sha256;
import dev.winnow.redrive.Filter;
import dev.winnow.redrive.Order;
import dev.winnow.redrive.Selection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The form of what calls say of many dead letters: a filter, and the token of the dry run that was looked at.
final class FilterForm {

    static final int MOST_IDS = 1000;
    static final String TOKEN = "[0-9a-f]{24}";

    private FilterForm() {}

    static void check(
            Parameters given,
            Optional<String> reason,
            Optional<String> dataset,
            Optional<String> keyPrefix,
            Optional<List<String>> ids) {
        given.word("reason", reason.orElse(null), DeadLettersResource.REASONS);
        given.text("dataset", dataset.orElse(null), DeadLettersResource.LONGEST_KEY);
        given.text("keyPrefix", keyPrefix.orElse(null), DeadLettersResource.LONGEST_KEY);
        ids.filter(it -> it.isEmpty()
                        || it.size() > MOST_IDS
                        || !it.stream().allMatch(id -> id != null && id.matches(Parameters.ID)))
                .ifPresent(it -> given.refuse("ids", "must be from 1 to " + MOST_IDS + " ids"));
    }

    static void checkToken(Parameters given, Optional<String> token) {
        token.filter(it -> !it.matches(TOKEN)).ifPresent(it -> given.refuse("token", "must be that of a dry run"));
    }

    /// What an audit entry says of a filter.
    static Map<String, Object> parameters(Filter filter) {
        Map<String, Object> parameters = new TreeMap<>();
        filter.reason().ifPresent(it -> parameters.put("reason", it));
        filter.dataset().ifPresent(it -> parameters.put("dataset", it));
        filter.keyPrefix().ifPresent(it -> parameters.put("keyPrefix", it));
        if (!filter.ids().isEmpty()) {
            parameters.put("ids", filter.ids());
        }
        return parameters;
    }

    /// The same for the same filter over the same letters in the same state.
    static String token(Order order, Selection selection) {
        MessageDigest digest = Sha256.digest();
        digest.update((order.filter() + "\n" + order.most() + '\n' + order.resetBudget() + '\n')
                .getBytes(StandardCharsets.UTF_8));
        for (DeadLetter letter : selection.letters()) {
            digest.update((letter.id() + ' ' + letter.at() + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest).substring(0, 24);
    }
}
