package io.yuntai.billing.ranking;

import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** How rows read as what a host has added to a month, whether just worked out or kept. */
final class HostShareRows {

    private HostShareRows() {}

    static HostShare share(ResultSet row, int number) throws SQLException {
        return new HostShare(
                new MeteredHostId(row.getObject("host", UUID.class)),
                row.getString("host_name"),
                new Party(
                        new PartyId(row.getObject("unit", UUID.class)),
                        row.getString("unit_code"),
                        row.getString("unit_name"),
                        row.getString("region")),
                new MeteredSystem(
                        new MeteredSystemId(row.getObject("system", UUID.class)),
                        row.getString("system_code"),
                        row.getString("system_name")),
                row.getString("pool"),
                new Period(instant(row, "held_from"), instant(row, "held_to")),
                row.getInt("vcpu"),
                Optional.ofNullable(row.getString("exclusion")).map(Exclusion::valueOf),
                exempt(row),
                row.getBoolean("measured"),
                row.getBoolean("idle"),
                row.getInt("hours"),
                row.getInt("valid_hours"),
                whole(row, "vcpu_hours"),
                whole(row, "valid_vcpu_hours"),
                // Of processors there is no hour in which they were not measured.
                new Use(whole(row, "cpu"), whole(row, "cpu_of"), whole(row, "cpu_of")),
                use(row, "memory"),
                use(row, "disk"));
    }

    private static Optional<Exempt> exempt(ResultSet row) throws SQLException {
        var id = row.getObject("exemption", UUID.class);
        return id == null
                ? Optional.empty()
                : Optional.of(
                        new Exempt(
                                id,
                                row.getString("exempt_reason"),
                                row.getObject("exempt_until", LocalDate.class),
                                row.getString("exempt_applicant"),
                                row.getString("exempt_approver")));
    }

    private static Use use(ResultSet row, String measure) throws SQLException {
        return new Use(
                whole(row, measure), whole(row, measure + "_of"), whole(row, measure + "_due"));
    }

    /** A sum over no rows is null, and zero here. */
    private static BigInteger whole(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column))
                .orElse(BigDecimal.ZERO)
                .toBigIntegerExact();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
