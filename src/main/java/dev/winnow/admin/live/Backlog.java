package dev.winnow.admin.live;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.DeadLetterIndex;
import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.pipeline.IntakeConfig;
import dev.winnow.receipt.Layout;
import dev.winnow.sqs.Queues;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What is still to be done, looked up without receiving a message.
@Singleton
final class Backlog {

    private static final int PAGE = 1000;

    private final SqsClient sqs;
    private final String queueUrl;
    private final ObjectStore store;
    private final Layout layout;
    private final DeadLetterIndex index;
    private final boolean sourcesStay;
    private final String bucket;

    Backlog(
            SqsClient sqs,
            Queues queues,
            ObjectStore store,
            Layout layout,
            DeadLetterIndex index,
            IntakeConfig intake,
            BucketConfig config) {
        this.sqs = sqs;
        this.queueUrl = queues.source().url();
        this.store = store;
        this.layout = layout;
        this.index = index;
        this.sourcesStay = intake.afterProcessing() == IntakeConfig.AfterProcessing.KEEP;
        this.bucket = config.bucket();
    }

    Snapshot.Depths queue() {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes();
        return new Snapshot.Depths(
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                count(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    DeadLetterIndex.Look letters() {
        return index.look();
    }

    /// The files that lie there and are given up by nobody, of the first thousand objects; nothing where sources stay
    /// after they are done, since then most of what lies there waits for nothing.
    Optional<Snapshot.Waiting> waiting(DeadLetterIndex.Look look) {
        if (sourcesStay) {
            return Optional.empty();
        }
        Set<String> givenUp = look.letters().stream().map(DeadLetter::id).collect(Collectors.toSet());
        Listing page = store.list(layout.incoming(), "", PAGE);
        List<Instant> since = page.objects().stream()
                .filter(object -> !object.key().endsWith("/") && !object.eTag().isEmpty())
                .filter(object -> !givenUp.contains(source(object).id().value()))
                .map(ListedObject::lastModified)
                .sorted()
                .toList();
        return Optional.of(new Snapshot.Waiting(
                since.size(), since.stream().findFirst(), page.next().isEmpty()));
    }

    static Snapshot.GivenUp givenUp(DeadLetterIndex.Look look) {
        List<DeadLetter> open = look.letters().stream()
                .filter(letter -> letter.state() == DeadLetter.State.OPEN)
                .toList();
        long underWay = look.letters().stream()
                .filter(letter -> letter.state() == DeadLetter.State.REDRIVEN)
                .count();
        List<Snapshot.Group> groups = open.stream().collect(Collectors.groupingBy(DeadLetter::reason)).values().stream()
                .map(letters -> new Snapshot.Group(letters.getFirst().reason(), letters.size(), commonest(letters)))
                .sorted(Comparator.comparingLong(Snapshot.Group::count)
                        .reversed()
                        .thenComparing(Snapshot.Group::reason))
                .toList();
        return new Snapshot.GivenUp(
                open.size(),
                underWay,
                open.stream().map(DeadLetter::firstAt).min(Comparator.naturalOrder()),
                groups,
                look.exact());
    }

    private static String commonest(List<DeadLetter> letters) {
        return letters.stream()
                .collect(Collectors.groupingBy(DeadLetter::detail, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private SourceFile source(ListedObject object) {
        return new SourceFile(bucket, object.key(), Optional.empty(), object.eTag(), object.size());
    }

    private static long count(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }
}
