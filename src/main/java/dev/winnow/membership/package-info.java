/// The membership dataset: applications for membership, decided by name, mobile number, e-mail address and age.
@NullMarked
package dev.winnow.membership;

import org.jspecify.annotations.NullMarked;
