package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.instant.Guards;
import io.yuntai.onboarding.instant.Predicate;
import io.yuntai.onboarding.instant.RuleLimits;
import io.yuntai.onboarding.instant.RuleProposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A version of the rules as it is proposed: everything may be missing or wrong. */
record InstantRuleBody(
        Optional<List<PredicateBody>> predicates,
        Optional<Integer> vcpu,
        Optional<Integer> memoryGib,
        Optional<Integer> storageGib,
        Optional<Integer> auditPercent,
        Optional<Instant> effectiveFrom,
        Optional<String> basis) {

    record PredicateBody(Optional<String> name, Optional<String> expression) {}

    /**
     * The proposal, when all but its expressions is right.
     *
     * @throws Refused INVALID, with every fault
     */
    RuleProposal proposal() {
        var faults = new ArrayList<Fault>();
        var bodies = predicates.orElse(List.of());
        if (bodies.size() > RuleProposal.MAX_PREDICATES) {
            faults.add(Fault.at("/predicates", "TOO_MANY", RuleProposal.MAX_PREDICATES));
        }
        var names = new HashSet<String>();
        Guards.ALL.forEach(guard -> names.add(guard.name()));
        var read = new ArrayList<Predicate>();
        for (int i = 0; i < Math.min(bodies.size(), RuleProposal.MAX_PREDICATES); i++) {
            predicate(bodies.get(i), "/predicates/" + i, names, faults).ifPresent(read::add);
        }
        int cpu = limit(vcpu, "/vcpu", RuleLimits.MOST, faults);
        int memory = limit(memoryGib, "/memoryGib", RuleLimits.MOST, faults);
        int storage = limit(storageGib, "/storageGib", RuleLimits.MOST, faults);
        int percent = limit(auditPercent, "/auditPercent", 100, faults);
        if (effectiveFrom.isEmpty()) {
            faults.add(Fault.at("/effectiveFrom", "REQUIRED"));
        }
        String document = Typed.line(basis, "/basis", RuleProposal.MAX_BASIS, faults);
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return new RuleProposal(
                read,
                new RuleLimits(cpu, memory, storage),
                percent,
                effectiveFrom.orElseThrow(),
                document);
    }

    private static Optional<Predicate> predicate(
            PredicateBody body, String at, Set<String> names, List<Fault> faults) {
        int before = faults.size();
        String name = body.name().orElse("").strip();
        if (!Predicate.isName(name)) {
            faults.add(Fault.at(at + "/name", "NOT_A_NAME"));
        } else if (!names.add(name)) {
            faults.add(Fault.at(at + "/name", "DUPLICATE"));
        }
        String expression = body.expression().orElse("").strip();
        if (expression.isEmpty()) {
            faults.add(Fault.at(at + "/expression", "REQUIRED"));
        } else if (expression.length() > Predicate.MAX_EXPRESSION) {
            faults.add(Fault.at(at + "/expression", "TOO_LONG", Predicate.MAX_EXPRESSION));
        }
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Predicate(name, expression));
    }

    private static int limit(
            Optional<Integer> value, String pointer, int most, List<Fault> faults) {
        if (value.isEmpty()) {
            faults.add(Fault.at(pointer, "REQUIRED"));
        } else if (value.get() < 0 || value.get() > most) {
            faults.add(Fault.at(pointer, "OUT_OF_RANGE", 0, most));
        }
        return value.orElse(0);
    }
}
