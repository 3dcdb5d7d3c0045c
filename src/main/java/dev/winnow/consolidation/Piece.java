package dev.winnow.consolidation;

import dev.winnow.file.FileId;
import dev.winnow.receipt.Receipt;

/// One file's output of one outcome, as the file's current receipt names it: of a receipt only what is needed
/// later, since an hour may have hundreds of thousands.
///
/// @param records rows, the header not counted
/// @param size    in bytes
/// @param sha256  of the whole output, hexadecimal
record Piece(FileId file, int generation, long records, long size, String sha256) {

    static Piece of(Receipt receipt, Receipt.Output output) {
        return new Piece(receipt.fileId(), receipt.generation(), output.records(), output.size(), output.sha256());
    }
}
