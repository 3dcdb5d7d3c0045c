package dev.winnow.roster;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

/// One employee, and the rules: the first has a code of its own, the others take theirs from field and constraint.
record Employee(
        @Pattern(regexp = "[0-9]{6}", message = "employee.number: the employee number is not six digits")
        String employeeNo,

        @NotBlank @Email String email,

        @Pattern(regexp = "[0-9]{4}-[0-9]{2}-[0-9]{2}", message = "start.format: the start date is not YYYY-MM-DD")
        String startDate) {}
