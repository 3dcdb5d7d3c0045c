package dev.winnow.roster;

import dev.winnow.decision.Dataset;
import dev.winnow.decision.Fields;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Employees: `employee_no,email,start_date`.
@Singleton
final class Roster implements Dataset<Employee> {

    private final RosterConfig config;

    Roster(RosterConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "roster";
    }

    @Override
    public List<String> columns() {
        return List.of("employee_no", "email", "start_date");
    }

    @Override
    public Class<Employee> type() {
        return Employee.class;
    }

    @Override
    public Employee read(Fields fields) {
        String email = fields.value("email").strip();
        return new Employee(
                fields.value("employee_no").strip(),
                email.isEmpty() || email.contains("@") ? email : email + '@' + config.mailDomain(),
                fields.value("start_date").strip());
    }

    @Override
    public List<String> derivedColumns() {
        return List.of("employee_no", "email", "start_date", "badge");
    }

    @Override
    public List<String> derive(Employee accepted) {
        String badge = "B" + accepted.employeeNo();
        return List.of(accepted.employeeNo(), accepted.email(), accepted.startDate(), badge);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("mail-domain", config.mailDomain());
    }
}
