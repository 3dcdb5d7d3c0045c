/// The calls about files and their receipts.
@NullMarked
package dev.winnow.admin.file;

import org.jspecify.annotations.NullMarked;
