package io.yuntai.onboarding.instant;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.yuntai.onboarding.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * CEL, bounded: in its size when it is proposed, and in its steps and time when it is evaluated. It
 * has CEL's standard functions, which only compute; there is none that looks or writes anywhere.
 */
@Component
class Expressions {

    static final int MAX_STEPS = 20_000;
    private static final Duration MAX_TIME = Duration.ofSeconds(1);
    private static final int MAX_DEPTH = 40;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(Predicate.MAX_EXPRESSION)
                    .maxParseRecursionDepth(MAX_DEPTH)
                    .comprehensionMaxIterations(1000)
                    .enableHeterogeneousNumericComparisons(true)
                    .build();

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    Expressions() {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setResultType(SimpleType.BOOL);
        for (var fact : Fact.values()) {
            builder.addVar(fact.code(), type(fact.type()));
        }
        limits(new RuleLimits(0, 0, 0))
                .keySet()
                .forEach(name -> builder.addVar(name, SimpleType.INT));
        compiler = builder.build();
        runtime = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
    }

    private static CelType type(Fact.Type type) {
        return switch (type) {
            case FLAG -> SimpleType.BOOL;
            case WHOLE -> SimpleType.INT;
            case REAL -> SimpleType.DOUBLE;
            case TEXT -> SimpleType.STRING;
            case TEXTS -> ListType.create(SimpleType.STRING);
        };
    }

    private static Map<String, Object> limits(RuleLimits limits) {
        return Map.of(
                "limit.vcpu", (long) limits.vcpu(),
                "limit.memory_gib", (long) limits.memoryGib(),
                "limit.storage_gib", (long) limits.storageGib());
    }

    /**
     * What is wrong with expressions: which one, in which line and column, and why; all of it.
     *
     * @param pointer to the list of them
     */
    List<Fault> faults(List<Predicate> predicates, String pointer) {
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < predicates.size(); i++) {
            String at = pointer + "/" + i + "/expression";
            try {
                var _ = compile(predicates.get(i).expression());
            } catch (CelValidationException e) {
                e.getErrors().stream()
                        .limit(10)
                        .map(issue -> fault(at, issue))
                        .forEach(faults::add);
            }
        }
        return faults;
    }

    private static Fault fault(String at, CelIssue issue) {
        var place = issue.getSourceLocation();
        return Fault.at(
                at,
                "BAD_EXPRESSION",
                Integer.toString(place.getLine()),
                Integer.toString(place.getColumn() + 1),
                issue.getMessage());
    }

    private CelAbstractSyntaxTree compile(String expression) throws CelValidationException {
        return compiler.compile(expression).getAst();
    }

    /** A list of predicates, ready to be asked again and again. */
    Compiled compiled(List<Predicate> predicates, RuleLimits limits) {
        return new Compiled(predicates.stream().map(this::program).toList(), limits(limits));
    }

    /** What was fit when it was proposed may be so no longer: it then never holds. */
    private Prepared program(Predicate predicate) {
        try {
            return new Prepared.Ready(
                    predicate, runtime.createProgram(compile(predicate.expression())));
        } catch (CelValidationException | CelEvaluationException e) {
            return new Prepared.Unfit(predicate, String.valueOf(e.getMessage()));
        }
    }

    private sealed interface Prepared {
        record Ready(Predicate predicate, CelRuntime.Program program) implements Prepared {}

        record Unfit(Predicate predicate, String why) implements Prepared {}
    }

    /** Predicates with the limits that they name. */
    static final class Compiled {

        private final List<Prepared> programs;
        private final Map<String, Object> limits;

        private Compiled(List<Prepared> programs, Map<String, Object> limits) {
            this.programs = programs;
            this.limits = limits;
        }

        /** What comes of each at a moment; whatever goes wrong is told, and never thrown. */
        List<Finding> judge(Facts facts, Instant now) {
            var variables = new HashMap<String, Object>(limits);
            for (var fact : Fact.values()) {
                facts.fresh(fact, now).ifPresent(value -> variables.put(fact.code(), value.raw()));
            }
            return programs.stream()
                    .map(program ->
                            switch (program) {
                                case Prepared.Ready ready -> judge(ready, variables, facts, now);
                                case Prepared.Unfit(var predicate, var why) ->
                                        finding(predicate, Finding.Value.UNDETERMINED, why);
                            })
                    .toList();
        }

        private static Finding judge(
                Prepared.Ready ready, Map<String, Object> variables, Facts facts, Instant now) {
            var predicate = ready.predicate();
            try {
                var budget = new Budget();
                Object value = ready.program().trace(variables, (_, _) -> budget.spend());
                return value instanceof Boolean holds
                        ? finding(
                                predicate,
                                holds ? Finding.Value.HOLDS : Finding.Value.HOLDS_NOT,
                                "")
                        : finding(predicate, Finding.Value.UNDETERMINED, value.toString());
            } catch (CelEvaluationException | RuntimeException | StackOverflowError e) {
                String lacking = lacking(predicate, facts, now);
                return finding(
                        predicate,
                        Finding.Value.UNDETERMINED,
                        lacking.isEmpty() ? String.valueOf(e.getMessage()) : lacking);
            }
        }

        private static Finding finding(Predicate predicate, Finding.Value value, String why) {
            return new Finding(predicate.name(), predicate.expression(), value, why);
        }

        /** The facts that it names and that nobody can rely on: {@code unit.score: stale}. */
        private static String lacking(Predicate predicate, Facts facts, Instant now) {
            return Stream.of(Fact.values())
                    .filter(fact -> predicate.expression().contains(fact.code()))
                    .filter(fact -> facts.fresh(fact, now).isEmpty())
                    .map(fact -> fact.code() + (facts.isStale(fact, now) ? ": stale" : ": missing"))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Of one evaluation. It is real time that may not pass, whatever clock the server goes by. */
    private static final class Budget {

        private final long began = System.nanoTime();
        private int steps;

        void spend() {
            steps++;
            if (steps > MAX_STEPS || System.nanoTime() - began > MAX_TIME.toNanos()) {
                throw new IllegalStateException("too costly");
            }
        }
    }
}
