package io.yuntai;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.swagger.v3.oas.annotations.media.Schema;
import io.yuntai.audit.AuditAction;
import io.yuntai.security.NoPermission;
import io.yuntai.security.Requires;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The table of modules in ARCHITECTURE.md, and the rules that hold everywhere. */
@AnalyzeClasses(packages = "io.yuntai", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String FABRIC8 = "io.fabric8..";
    private static final String QUARTZ = "org.quartz..";
    private static final String[] WEB = {
        "org.springframework.web..", "org.springframework.http..", "jakarta.servlet.."
    };

    @ArchTest
    static final ArchRule theQuotaEngineIsPure =
            classes()
                    .that()
                    .resideInAPackage("io.yuntai.quota..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                            "io.yuntai.quota..",
                                            "java..",
                                            "org.jspecify.annotations..",
                                            "com.google.errorprone.annotations..")
                                    .and(not(resideInAPackage("java.sql.."))));

    @ArchTest
    static final ArchRule onboardingKnowsNeitherBillingNorTheWebNorQuartz =
            noClasses()
                    .that()
                    .resideInAPackage("io.yuntai.onboarding..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(WEB)
                                    .or(resideInAnyPackage(QUARTZ, "io.yuntai.billing.."))
                                    .or(ofTheServer()));

    @ArchTest
    static final ArchRule billingKnowsNeitherOnboardingNorTheWebNorQuartz =
            noClasses()
                    .that()
                    .resideInAPackage("io.yuntai.billing..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(WEB)
                                    .or(resideInAnyPackage(QUARTZ, "io.yuntai.onboarding.."))
                                    .or(ofTheServer()));

    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheKubernetesClient =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.yuntai.onboarding.kubernetes..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(FABRIC8);

    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheLanguageOfRules =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.yuntai.onboarding.instant..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.cel..");

    @ArchTest
    static final ArchRule spreadsheetsEndAtTheBorder =
            noClasses()
                    .that(
                            not(
                                    resideInAnyPackage(
                                            "io.yuntai.billing.export..",
                                            "io.yuntai.api.spreadsheet..")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.dhatim..", "org.apache.commons.csv..");

    @ArchTest
    static final ArchRule onlyOnePackagePrints =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.yuntai.billing.export..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.openpdf..");

    @ArchTest
    static final ArchRule onlyJobsKnowQuartz =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.yuntai.jobs..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(QUARTZ);

    @ArchTest
    static final ArchRule jobsCallServicesAndNeverTheApi =
            noClasses()
                    .that()
                    .resideInAPackage("io.yuntai.jobs..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.yuntai.api..")
                                    .or(
                                            DescribedPredicate.describe(
                                                    "are stores",
                                                    type ->
                                                            type.isAnnotatedWith(
                                                                    Repository.class))));

    @ArchTest
    static final ArchRule theApiWritesNoSql =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.yuntai.api..", "io.yuntai.console..", "io.yuntai.jobs..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule nobodyAsksTheSystemForTheTime =
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(ControlPlane.class)
                    .should()
                    .callMethodWhere(
                            DescribedPredicate.describe(
                                    "asks the system for the time",
                                    ArchitectureTest::asksTheSystem));

    @ArchTest
    static final ArchRule everyEndpointSaysWhatItNeeds =
            methods()
                    .that(areEndpoints())
                    .should()
                    .beAnnotatedWith(Requires.class)
                    .orShould()
                    .beAnnotatedWith(NoPermission.class);

    @ArchTest
    static final ArchRule everyCommandHasANameInTheAudit =
            methods()
                    .that(areEndpoints())
                    .and()
                    .areNotAnnotatedWith(GetMapping.class)
                    .should()
                    .beAnnotatedWith(AuditAction.class);

    @ArchTest
    static final ArchRule controllersAreOfTheBorder =
            classes()
                    .that()
                    .areAnnotatedWith(RestController.class)
                    .should()
                    .resideInAnyPackage("io.yuntai.api..", "io.yuntai.console..")
                    .andShould()
                    .haveSimpleNameEndingWith("Controller")
                    .andShould()
                    .bePackagePrivate();

    @ArchTest
    static final ArchRule noNameThatSaysNothing =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|DTO|Dto|VO)");

    /** The description of the API would show one of them in the place of both. */
    @ArchTest
    static void noTwoShapesOfTheApiShareAName(JavaClasses all) {
        var shapes = new HashMap<String, String>();
        for (var type : all.that(resideInAnyPackage("io.yuntai.api..", "io.yuntai.console.."))) {
            if (type.isRecord()) {
                var shape = type.reflect();
                var named = shape.getAnnotation(Schema.class);
                String name = named == null ? shape.getSimpleName() : named.name();
                String members =
                        Arrays.stream(shape.getRecordComponents())
                                .map(member -> member.getName() + " " + member.getGenericType())
                                .collect(Collectors.joining(", "));
                assertThat(members).as(name).isEqualTo(shapes.computeIfAbsent(name, _ -> members));
            }
        }
    }

    private static DescribedPredicate<JavaClass> ofTheServer() {
        return resideInAnyPackage(
                "io.yuntai",
                "io.yuntai.api..",
                "io.yuntai.audit..",
                "io.yuntai.console..",
                "io.yuntai.health..",
                "io.yuntai.jobs..",
                "io.yuntai.metering..",
                "io.yuntai.notice..",
                "io.yuntai.security..");
    }

    private static DescribedPredicate<JavaMethod> areEndpoints() {
        return DescribedPredicate.describe(
                "are endpoints",
                method ->
                        method.getOwner().isAnnotatedWith(RestController.class)
                                && AnnotatedElementUtils.hasAnnotation(
                                        method.reflect(), RequestMapping.class));
    }

    private static boolean asksTheSystem(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        String name = call.getName();
        boolean now =
                name.equals("now")
                        && owner.getPackageName().equals("java.time")
                        && call.getTarget().getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean clock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
        boolean millis = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
        // The one way from a certificate's dates to ours asks nobody.
        boolean date =
                Set.of("java.util.Date", "java.util.Calendar").contains(owner.getName())
                        && !name.equals("toInstant");
        return now || clock || millis || date;
    }
}
