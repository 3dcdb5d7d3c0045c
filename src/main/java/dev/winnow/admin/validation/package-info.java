/// Dry runs: what would become of a file.
@NullMarked
package dev.winnow.admin.validation;

import org.jspecify.annotations.NullMarked;
