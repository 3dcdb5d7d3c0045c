package dev.winnow.admin.upload;

import dev.winnow.file.FileId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// By what a file that was uploaded is known.
@Schema(description = "By what a file that was uploaded is known.")
public record UploadedFile(@Schema(required = true) FileId fileId) {}
