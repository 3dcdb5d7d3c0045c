/// The calls for operators over HTTP: who may make them, what they leave in the audit trail, and how they fail.
@NullMarked
package dev.winnow.admin;

import org.jspecify.annotations.NullMarked;
