/// The calls that read the audit trail.
@NullMarked
package dev.winnow.admin.activity;

import org.jspecify.annotations.NullMarked;
