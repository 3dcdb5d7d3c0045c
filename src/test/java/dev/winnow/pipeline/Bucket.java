package dev.winnow.pipeline;

import dev.winnow.receipt.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bucket of a [World]: what each call makes of it and answers, with S3's semantics.
final class Bucket {

    private final Interning<String, String> keys = new Interning<>(key -> key);
    private final Interning<Thing.Key, Thing> things = new Interning<>(Thing::of);
    private final Interning<String, String> uploads = new Interning<>(id -> id);

    /// What is in an upload: nothing yet, or its one part.
    private final Interning<Pending, Pending> pending = new Interning<>(it -> it);

    private record Pending(String key, String attempt, Optional<String> part) {}

    /// A call's outcome.
    record Made(World world, Reply reply) {}

    Made make(Call call, World world) {
        return switch (call) {
            case Call.Head(String key) ->
                new Made(world, thing(world, key).map(Thing::head).orElse(Thing.NOTHING));
            case Call.Read(String key) ->
                new Made(world, thing(world, key).map(Thing::read).orElse(Thing.NOTHING));
            case Call.Open(String key, var ifMatch) ->
                new Made(world, matching(world, key, ifMatch).map(Thing::opened).orElse(Reply.LOST));
            case Call.Create(String key, String text) ->
                thing(world, key).isPresent()
                        ? new Made(world, Reply.NO)
                        : new Made(put(world, key, text, ""), Reply.YES);
            // No worker reads what a mark says, which is only to differ.
            case Call.Put(String key, String text) ->
                new Made(put(world, key, key.contains("/renew/") ? "" : text, ""), Reply.YES);
            case Call.Copy(String key, var ifMatch, String to) ->
                matching(world, key, ifMatch)
                        .map(it -> new Made(put(world, to, it.text(), it.attempt()), Reply.YES))
                        .orElse(new Made(world, Reply.LOST));
            case Call.Start start -> start(world, start);
            case Call.Part(String key, String id, String text) ->
                pending(world, key, id)
                        .map(it -> new Made(
                                world.with(
                                        upload(id), pending.number(new Pending(key, it.attempt(), Optional.of(text)))),
                                new Reply.Value(Thing.eTag(text))))
                        .orElse(new Made(world, Reply.UNAVAILABLE));
            case Call.Complete(String key, String id, List<String> parts) ->
                pending(world, key, id)
                        .map(it -> complete(world, it, id, parts))
                        .orElse(new Made(world, Reply.NO));
            case Call.Abort(String key, String id) ->
                new Made(pending(world, key, id).isPresent() ? world.with(upload(id), 0) : world, Reply.YES);
            case Call.Remove(String key, var ifMatch) ->
                new Made(matching(world, key, ifMatch).isPresent() ? world.with(object(key), 0) : world, Reply.YES);
        };
    }

    private Made start(World world, Call.Start start) {
        String id = "upload of " + start.key() + " by " + start.attempt();
        while (world.at(upload(id)) != 0) {
            id += '\'';
        }
        Pending empty = new Pending(start.key(), start.attempt(), Optional.empty());
        return new Made(world.with(upload(id), pending.number(empty)), new Reply.Value(id));
    }

    private Made complete(World world, Pending upload, String id, List<String> parts) {
        List<String> stored = upload.part().stream().map(Thing::eTag).toList();
        if (parts.isEmpty() || !parts.equals(stored)) {
            return new Made(world, Reply.UNAVAILABLE);
        }
        String text = upload.part().orElseThrow();
        int thing = things.number(new Thing.Key(text, upload.attempt(), Thing.eTagOfUpload(text)));
        return new Made(world.with(upload(id), 0).with(object(upload.key()), thing), Reply.YES);
    }

    /// Puts an object as a sender does.
    World put(World world, String key, String text) {
        return put(world, key, text, "");
    }

    private World put(World world, String key, String text, String attempt) {
        return world.with(object(key), things.number(new Thing.Key(text, attempt, Thing.eTag(text))));
    }

    Optional<Thing> thing(World world, String key) {
        return at(world, object(key));
    }

    /// What stands at each key, by the key.
    List<String> keys(World world) {
        List<String> found = new ArrayList<>();
        for (int key = 1; key <= keys.size(); key++) {
            if (world.at(World.OBJECT + key) != 0) {
                found.add(keys.thing(key));
            }
        }
        return found;
    }

    /// The worlds in which one of the pending uploads has expired, and the one in which all have.
    List<World> expired(World world) {
        List<World> worlds = new ArrayList<>();
        World without = world;
        for (int upload = 1; upload <= uploads.size(); upload++) {
            if (world.at(World.UPLOAD + upload) != 0) {
                worlds.add(world.with(World.UPLOAD + upload, 0));
                without = without.with(World.UPLOAD + upload, 0);
            }
        }
        if (worlds.size() > 1) {
            worlds.add(without);
        }
        return worlds;
    }

    /// Whether anything in the bucket can be told by this attempt.
    boolean knows(World world, String attempt) {
        for (int key = 1; key <= keys.size(); key++) {
            if (at(world, World.OBJECT + key)
                    .filter(it -> it.mark().equals(attempt))
                    .isPresent()) {
                return true;
            }
        }
        for (int upload = 1; upload <= uploads.size(); upload++) {
            int number = world.at(World.UPLOAD + upload);
            if (number != 0 && pending.thing(number).attempt().equals(attempt)) {
                return true;
            }
        }
        return false;
    }

    /// The receipts that stand, in the order of their keys' first mention.
    List<Receipt> receipts(World world) {
        List<Receipt> found = new ArrayList<>();
        for (int key = 1; key <= keys.size(); key++) {
            at(world, World.OBJECT + key).flatMap(Thing::receipt).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Thing> matching(World world, String key, Optional<String> ifMatch) {
        return thing(world, key).filter(it -> ifMatch.isEmpty() || ifMatch.get().equals(it.eTag()));
    }

    private Optional<Pending> pending(World world, String key, String id) {
        int number = world.at(upload(id));
        return number == 0
                ? Optional.empty()
                : Optional.of(pending.thing(number)).filter(it -> it.key().equals(key));
    }

    private Optional<Thing> at(World world, int cell) {
        int number = world.at(cell);
        return number == 0 ? Optional.empty() : Optional.of(things.thing(number));
    }

    private int object(String key) {
        return World.OBJECT + roomed(keys.number(key), World.KEYS);
    }

    private int upload(String id) {
        return World.UPLOAD + roomed(uploads.number(id), World.UPLOADS);
    }

    private static int roomed(int number, int room) {
        if (number > room) {
            throw new IllegalStateException("Cannot keep a state: there is room for " + room);
        }
        return number;
    }
}
