package io.yuntai.api;

import static org.hamcrest.Matchers.greaterThan;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import io.yuntai.ServerTest;
import io.yuntai.Town;
import io.yuntai.billing.metering.Allocations;
import io.yuntai.billing.metering.Capacity;
import io.yuntai.billing.metering.FiveMinutes;
import io.yuntai.billing.metering.HostAllocation;
import io.yuntai.billing.metering.MeteredHost;
import io.yuntai.billing.metering.MeteredHostId;
import io.yuntai.billing.metering.MeteredSystem;
import io.yuntai.billing.metering.MeteredSystemId;
import io.yuntai.billing.metering.Metering;
import io.yuntai.billing.metering.Party;
import io.yuntai.billing.metering.PartyId;
import io.yuntai.billing.metering.Period;
import io.yuntai.billing.metering.Place;
import io.yuntai.billing.metering.UsageHour;
import io.yuntai.security.Accounts;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/**
 * A system, with its host, moves from one unit to another in the middle of a month. Of another host
 * of the first unit nothing was measured.
 */
@ServerTest
class DerivationIT {

    private static final YearMonth APRIL = YearMonth.of(2025, 4);
    private static final Instant SIXTEENTH = Instant.parse("2025-04-15T16:00:00Z");
    private static final long GIB = 1L << 30;

    private final UUID host = UUID.randomUUID();
    private final UUID gap = UUID.randomUUID();
    private final UUID system = UUID.randomUUID();

    @Autowired private MockMvc server;

    private Town town = new Town();

    @BeforeEach
    void aSystemThatMoves(
            @Autowired Allocations allocations,
            @Autowired Metering metering,
            @Autowired Accounts accounts)
            throws Exception {
        town = Town.registered(server, accounts, town);
        give(allocations, host, "a", Instant.parse("2025-04-01T00:00:00Z"));
        give(allocations, host, "b", SIXTEENTH);
        give(allocations, gap, "a", Instant.parse("2025-04-01T00:00:00Z"));
        allocations.confirm(
                List.of(new MeteredHostId(host), new MeteredHostId(gap)),
                Instant.parse("2025-04-01T00:00:00Z"));
        var _ =
                metering.read(
                        (hosts, into) ->
                                hosts.stream()
                                        .filter(one -> !one.host().value().equals(gap))
                                        .forEach(one ->
                                                IntStream.range(0, 30 * 24)
                                                        .mapToObj(hour -> hour(one, hour))
                                                        .filter(hour ->
                                                                one.during().contains(hour.hour()))
                                                        .forEach(into)),
                        Period.of(APRIL));
        server.perform(put("/api/v1/rankings/2025-04").with(Town.as(Town.BUREAU)))
                .andExpect(status().isOk());
        for (var one : List.of(host, gap)) {
            allocations.end(new MeteredHostId(one), Instant.parse("2025-05-01T00:00:00Z"));
        }
    }

    private void give(Allocations allocations, UUID to, String unit, Instant from)
            throws Exception {
        allocations.record(
                List.of(
                        new HostAllocation(
                                new MeteredHostId(to),
                                to.equals(host) ? "april" : "gap",
                                new Party(
                                        new PartyId(UUID.fromString(town.unit(server, unit))),
                                        town.uscc(unit),
                                        town.name(unit),
                                        "440700"),
                                new MeteredSystem(
                                        new MeteredSystemId(system), town.code("a"), "系统"),
                                "extranet-ordinary",
                                new Capacity(2, 4 * GIB, 40 * GIB),
                                new Place("a", "ns"),
                                from)));
    }

    /** Of the last day each hour has too few samples. */
    private static UsageHour hour(MeteredHost host, int hour) {
        int samples = hour < 29 * 24 ? FiveMinutes.COUNT : 8;
        return new UsageHour(
                host.host(),
                Period.of(APRIL).from().plusSeconds(3600L * hour),
                FiveMinutes.even(samples, 1500),
                FiveMinutes.even(samples, 4000),
                0,
                300L * 300 * samples,
                300,
                OptionalLong.of(GIB * 300 * samples),
                OptionalLong.empty());
    }

    @Test
    void whoHadAHostSeesItsHoursOfThenAndNoneOfTheNextOne() throws Exception {
        // From eight in the morning of the first on, in Shanghai.
        hours(town.staff("a"), "")
                .andExpect(jsonPath("$.shares.length()").value(1))
                .andExpect(jsonPath("$.shares[0].host.name").value("april"))
                .andExpect(jsonPath("$.shares[0].unit.name").value(town.name("a")))
                .andExpect(jsonPath("$.shares[0].hours").value(15 * 24 - 8))
                .andExpect(jsonPath("$.items.length()").value(15 * 24 - 8))
                .andExpect(jsonPath("$.items[-1].hour").value("2025-04-15T15:00:00Z"))
                .andExpect(jsonPath("$.items[-1].valid").value(true));
        hours(town.staff("b"), "")
                .andExpect(jsonPath("$.shares[0].unit.name").value(town.name("b")))
                .andExpect(jsonPath("$.shares[0].validHours").value(14 * 24))
                .andExpect(jsonPath("$.items.length()").value(15 * 24))
                .andExpect(jsonPath("$.items[0].hour").value(SIXTEENTH.toString()))
                .andExpect(jsonPath("$.items[335].valid").value(true))
                .andExpect(jsonPath("$.items[336].valid").value(false));
    }

    @Test
    void anothersUnitIsNotFound() throws Exception {
        hours(town.staff("a"), "?unit=" + town.unit(server, "b")).andExpect(status().isNotFound());
        hours(town.staff("a"), "?unit=" + town.unit(server, "a")).andExpect(status().isOk());
    }

    @Test
    void theBureauSeesAllOrThoseOfOneFigure() throws Exception {
        hours(Town.BUREAU, "")
                .andExpect(jsonPath("$.shares.length()").value(2))
                .andExpect(jsonPath("$.items.length()").value(30 * 24 - 8));
        var ofA = "?system=" + system + "&pool=extranet-ordinary&unit=" + town.unit(server, "a");
        hours(Town.BUREAU, ofA).andExpect(jsonPath("$.items.length()").value(15 * 24 - 8));
        hours(Town.BUREAU, "?pool=internet-ordinary").andExpect(status().isNotFound());
    }

    @Test
    void ofAHostStandsByWhatItIsIdleOrNot() throws Exception {
        hosts(town.staff("a"), "a", "")
                .andExpect(jsonPath("$.policy.idle.cpuP95").value(10))
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[0].idle").value(false))
                .andExpect(jsonPath("$.items[0].idleBy.cpuP95").value("15.00"))
                .andExpect(jsonPath("$.items[0].idleBy.cpuPeak").value("15.00"))
                .andExpect(jsonPath("$.items[0].idleBy.memoryHours").value(15 * 24 - 8))
                .andExpect(jsonPath("$.items[0].vcpuHours").value("704"))
                .andExpect(jsonPath("$.items[1].host.name").value("gap"))
                .andExpect(jsonPath("$.items[1].idleBy").value((Object) null));
        hosts(town.staff("b"), "b", "")
                .andExpect(jsonPath("$.items[0].vcpuHours").value("720"))
                .andExpect(jsonPath("$.items[0].validVcpuHours").value("672"));
        hosts(town.staff("a"), "b", "").andExpect(status().isNotFound());
    }

    @Test
    void aSystemsHostsAreAPartOfItsUnits() throws Exception {
        hosts(town.staff("a"), "a", "?system=" + system)
                .andExpect(jsonPath("$.items[0].system.id").value(system.toString()));
        hosts(town.staff("a"), "a", "?system=" + UUID.randomUUID())
                .andExpect(jsonPath("$.items.length()").value(0));
        hosts(town.staff("a"), "b", "?system=" + system).andExpect(status().isNotFound());
        hosts(town.staff("a"), "a", "?system=none").andExpect(status().is4xxClientError());
    }

    @Test
    void aUnitsPercentileAndPeakAreRowsOfItsHours() throws Exception {
        unitHours(town.staff("a"), "a", "")
                .andExpect(jsonPath("$.total").value(15 * 24 - 8))
                .andExpect(jsonPath("$.items.length()").value(50))
                .andExpect(jsonPath("$.items[0].percent").value("15.00"))
                .andExpect(jsonPath("$.items[0].peak").value(true))
                .andExpect(jsonPath("$.items[0].hosts").value(1))
                .andExpect(jsonPath("$.items[0].cpu.used").value("1080000"))
                .andExpect(jsonPath("$.items[0].cpu.of").value("7200000"))
                // The nearest rank of 352 hours is the 335th, the eighteenth from above.
                .andExpect(jsonPath("$.items[17].p95").value(true))
                .andExpect(jsonPath("$.items[?(@.p95 == true)].percent").value("15.00"));
        var first = "?sort=hour&limit=1";
        var next =
                JsonPath.<String>read(
                        unitHours(town.staff("b"), "b", first)
                                .andExpect(jsonPath("$.items[0].hour").value(SIXTEENTH.toString()))
                                .andReturn()
                                .getResponse()
                                .getContentAsString(),
                        "$.next");
        unitHours(town.staff("b"), "b", first + "&cursor=" + next)
                .andExpect(jsonPath("$.items[0].hour").value("2025-04-15T17:00:00Z"))
                // Of the last day no hour counts.
                .andExpect(jsonPath("$.total").value(14 * 24));
        unitHours(Town.BUREAU, "a", "?pool=zone:extranet")
                .andExpect(jsonPath("$.total").value(15 * 24 - 8));
        unitHours(Town.BUREAU, "a", "?pool=extranet-domestic")
                .andExpect(jsonPath("$.total").value(0));
    }

    @Test
    void anothersHoursAreNotFoundAndWhatIsNoOrderIsRefused() throws Exception {
        unitHours(town.staff("a"), "b", "").andExpect(status().isNotFound());
        unitHours(Town.BUREAU, "a", "?version=9").andExpect(status().isNotFound());
        unitHours(town.staff("a"), "a", "?sort=hosts").andExpect(status().is(422));
        unitHours(town.staff("a"), "a", "?limit=0").andExpect(status().is(422));
        unitHours(town.staff("a"), "a", "?cursor=x").andExpect(status().is(422));
    }

    private ResultActions unitHours(String login, String unit, String query) throws Exception {
        return server.perform(
                get("/api/v1/rankings/2025-04/units/" + town.unit(server, unit) + "/hours" + query)
                        .with(Town.as(login)));
    }

    @Test
    void unmeasuredHostsAreListedAndCountedApartFromTheExcluded() throws Exception {
        var left = "$.items[?(@.host.id == '" + gap + "')]";
        for (var login : List.of(town.staff("a"), Town.BUREAU)) {
            unmeasured(login, "")
                    .andExpect(jsonPath(left + ".validHours").value(0))
                    .andExpect(jsonPath("$.items[?(@.host.id == '" + host + "')]").isEmpty());
        }
        unmeasured(town.staff("b"), "").andExpect(jsonPath("$.items.length()").value(0));
        server.perform(get("/api/v1/rankings/2025-04").with(Town.as(Town.BUREAU)))
                .andExpect(jsonPath("$.summary.unmeasuredHosts").value(greaterThan(0)));
        unmeasured(Town.BUREAU, "?version=9").andExpect(status().isNotFound());
        server.perform(get("/api/v1/rankings/1999-04/unmeasured-hosts").with(Town.as(Town.BUREAU)))
                .andExpect(status().is(422));
    }

    private ResultActions unmeasured(String login, String query) throws Exception {
        return server.perform(
                get("/api/v1/rankings/2025-04/unmeasured-hosts" + query).with(Town.as(login)));
    }

    private ResultActions hosts(String login, String unit, String query) throws Exception {
        return server.perform(
                get("/api/v1/rankings/2025-04/units/" + town.unit(server, unit) + "/hosts" + query)
                        .with(Town.as(login)));
    }

    private ResultActions hours(String login, String query) throws Exception {
        return server.perform(
                get("/api/v1/rankings/2025-04/hosts/" + host + "/hours" + query)
                        .with(Town.as(login)));
    }
}
