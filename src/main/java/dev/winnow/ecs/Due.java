package dev.winnow.ecs;

/// What ECS is to be told now.
enum Due {
    NOTHING,
    /// That the task has work, for the first time or once more before the protection expires.
    PROTECT,
    /// That the task may go.
    RELEASE
}
