package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.PlainText;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.reclaim.Proposal;
import io.yuntai.onboarding.reclaim.Reclaim;
import io.yuntai.onboarding.unit.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of orders to reclaim, as it is handed in. */
final class ReclaimBodies {

    private ReclaimBodies() {}

    /**
     * For which hosts of which unit, and why.
     *
     * @param hosts at most 200; none: all of the unit that something could be had from
     * @param basis 1 to 500 characters
     */
    @Schema(name = "ReclaimProposal")
    record Proposed(Optional<UnitId> unit, Optional<List<HostId>> hosts, Optional<String> basis) {

        Proposal proposal() {
            var faults = new ArrayList<Fault>();
            if (unit.isEmpty()) {
                faults.add(Fault.at("/unit", "REQUIRED"));
            }
            var named = hosts.orElse(List.of());
            if (named.stream().distinct().count() > Proposal.MOST_HOSTS) {
                faults.add(Fault.at("/hosts", "TOO_MANY", Proposal.MOST_HOSTS));
            }
            String why = text(basis, "/basis", true, faults);
            refuse(faults);
            return new Proposal(unit.orElseThrow(), named, why);
        }
    }

    /**
     * An owner's answer.
     *
     * @param items positions of the hosts; none: all of them
     */
    @Schema(name = "ReclaimAnswer")
    record Answer(Optional<List<Integer>> items, Optional<String> note) {

        Set<Integer> positions() {
            return ReclaimBodies.positions(items, "/items");
        }

        String text() {
            return ReclaimBodies.text(note, "/note", false);
        }

        String reason() {
            return ReclaimBodies.text(note, "/note", true);
        }
    }

    /**
     * What is decided about an appeal.
     *
     * @param spared positions of hosts that are let go
     */
    @Schema(name = "ReclaimDecision")
    record Decision(Optional<List<Integer>> spared, Optional<String> note) {

        Set<Integer> positions() {
            return ReclaimBodies.positions(spared, "/spared");
        }

        String text() {
            return ReclaimBodies.text(note, "/note", false);
        }
    }

    /**
     * As {@link Decision}, with a delay.
     *
     * @param until its last day
     */
    @Schema(name = "ReclaimExtension")
    record Extension(
            Optional<LocalDate> until, Optional<List<Integer>> spared, Optional<String> note) {

        LocalDate day() {
            return until.orElseThrow(
                    () -> Refused.invalid("INVALID", List.of(Fault.at("/until", "REQUIRED"))));
        }

        Decision decision() {
            return new Decision(spared, note);
        }
    }

    /** What is said with a step; at most 500 characters. */
    @Schema(name = "ReclaimNote")
    record Said(Optional<String> note) {

        String text() {
            return ReclaimBodies.text(note, "/note", false);
        }

        String required() {
            return ReclaimBodies.text(note, "/note", true);
        }
    }

    private static Set<Integer> positions(Optional<List<Integer>> asked, String pointer) {
        var positions = Set.copyOf(asked.orElse(List.of()));
        if (positions.size() > Proposal.MOST_HOSTS) {
            throw Refused.invalid(
                    "INVALID", List.of(Fault.at(pointer, "TOO_MANY", Proposal.MOST_HOSTS)));
        }
        return positions;
    }

    private static String text(Optional<String> said, String pointer, boolean required) {
        var faults = new ArrayList<Fault>();
        String text = text(said, pointer, required, faults);
        refuse(faults);
        return text;
    }

    /** Line breaks are spaces: what is said stands in one line of the audit. */
    private static String text(
            Optional<String> said, String pointer, boolean required, List<Fault> faults) {
        String text =
                said.orElse("").lines().map(String::strip).collect(Collectors.joining(" ")).strip();
        if (text.isEmpty() && required) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        } else if (PlainText.length(text) > Reclaim.LONGEST_TEXT) {
            faults.add(Fault.at(pointer, "TOO_LONG", Reclaim.LONGEST_TEXT));
        } else if (PlainText.firstForbidden(text).isPresent()) {
            faults.add(Fault.at(pointer, "NOT_READABLE"));
        }
        return text;
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
    }
}
