package dev.winnow.admin;

import dev.winnow.admin.access.Audit;
import dev.winnow.admin.access.Role;
import dev.winnow.admin.deadletter.DeadLettersResource;
import dev.winnow.admin.deadletter.DiscardResource;
import dev.winnow.admin.deadletter.RedriveStates;
import dev.winnow.admin.deadletter.RedrivesResource;
import dev.winnow.admin.deadletter.SteeringResource;
import dev.winnow.admin.file.Files;
import dev.winnow.admin.file.FilesResource;
import dev.winnow.deadletter.DeadLetterQueue;
import dev.winnow.deadletter.Registry;
import dev.winnow.decision.Datasets;
import dev.winnow.pipeline.Guests;
import dev.winnow.redrive.MoveTask;
import dev.winnow.redrive.Redrives;
import dev.winnow.redrive.Selector;
import dev.winnow.redrive.Tracer;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.validation.Validation;
import java.util.List;

/// The calls, wired by hand over a registry and made by the operator olga.
final class Desk {

    final Registry registry = new Registry();
    final DeadLettersResource letters;
    final DiscardResource discards;
    final RedrivesResource redrives;
    final SteeringResource steering;
    final FilesResource files;
    final CommandsResource commands;

    Desk() {
        QuarkusSecurityIdentity olga = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("olga"))
                .addRole(Role.OPERATOR.code())
                .build();
        Audit audit = new Audit(registry.store, registry.layout, registry.clock, olga);
        Selector selector = new Selector(registry.index, registry.redriveConfig, registry.clock);
        MoveTask task = new MoveTask(registry.sqs, registry.queues);
        Datasets datasets = new Datasets(
                List.of(new Guests()),
                Validation.byDefaultProvider().configure().buildValidatorFactory());
        letters = new DeadLettersResource(
                registry.index,
                registry.register,
                registry.office,
                new DeadLetterQueue(registry.sqs, registry.queues),
                registry.outbox,
                audit,
                registry.clock,
                olga);
        discards = new DiscardResource(selector, registry.register, registry.outbox, audit, registry.clock, olga);
        Redrives orders =
                new Redrives(registry.store, registry.layout, selector, task, registry.outbox, registry.clock);
        RedriveStates states = new RedriveStates(orders, task, new Tracer(registry.register));
        redrives = new RedrivesResource(orders, selector, task, states, audit, olga);
        steering = new SteeringResource(orders, states, audit);
        files = new FilesResource(
                new Files(registry.store, registry.layout, registry.register, datasets, registry.bucketConfig),
                datasets,
                registry.outbox,
                audit);
        commands = new CommandsResource(datasets, registry.outbox, audit);
    }
}
