/// Who may make admin calls, and the audit trail that every changing one leaves.
@NullMarked
package dev.winnow.admin.access;

import org.jspecify.annotations.NullMarked;
