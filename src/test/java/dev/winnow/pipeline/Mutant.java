package dev.winnow.pipeline;

import dev.winnow.commit.Step;

/// The production code, or what it would be without one of its guards.
interface Mutant {

    /// The production code as it is.
    Mutant NONE = new Mutant() {};

    /// What would be tried instead of a step.
    default Step next(Step from, Step to) {
        return to;
    }

    /// What would be called instead of a call.
    default Call call(Workers.Node at, Call call) {
        return call;
    }

    /// What would be understood instead of a reply.
    default Reply reply(Workers.Node at, Reply reply) {
        return reply;
    }
}
