package dev.winnow.pipeline;

import dev.winnow.commit.Step;

/// What the steps of the protocol are called in meters and spans.
final class StepName {

    private StepName() {}

    static String of(Step step) {
        return switch (step) {
            case Step.Look _ -> "look";
            case Step.Stage _ -> "stage";
            case Step.Commit _ -> "commit";
            case Step.ReadBack _ -> "read-back";
            case Step.Discard _ -> "discard";
            case Step.Publish _ -> "publish";
            case Step.Retract _ -> "retract";
            case Step.Remove _ -> "remove";
            case Step.Recheck _ -> "recheck";
            case Step.End _ -> "end";
        };
    }
}
