/// The calls by which a file comes into the bucket without passing through the service.
@NullMarked
package dev.winnow.admin.upload;

import org.jspecify.annotations.NullMarked;
