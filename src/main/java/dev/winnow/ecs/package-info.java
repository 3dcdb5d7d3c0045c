/// What Amazon ECS is told, so that it takes no task away that has work in hand.
@NullMarked
package dev.winnow.ecs;

import org.jspecify.annotations.NullMarked;
