package dev.tidings;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the house: the floors, the rim where framework types may be, and the names. */
class HouseTest {
    private static final String ROOT = "dev.tidings";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** From the top down; an arrow may only point down, and never along a floor. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("console", "upkeep", "telemetry"),
            Set.of("ingest", "dispatch"),
            Set.of("queue", "egress"),
            Set.of("webhook", "campaign"),
            Set.of("notice", "secrets", "audit"),
            Set.of("feedback", "attempt"));

    private static final Set<String> STAND_ALONE = Set.of("embedded", "inbox");

    static Stream<String> packages() {
        return FLOORS.stream().flatMap(Set::stream);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void arrowsPointDown(String name) {
        int floor = IntStream.range(0, FLOORS.size())
                .filter(i -> FLOORS.get(i).contains(name))
                .findFirst()
                .orElseThrow();
        Stream<String> notBelow =
                FLOORS.subList(0, floor + 1).stream().flatMap(Set::stream).filter(other -> !other.equals(name));
        String[] forbidden =
                Stream.concat(notBelow, STAND_ALONE.stream()).map(HouseTest::in).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void webKnowsTheGroundFloorOnly() {
        noClasses()
                .that()
                .resideInAPackage(in("web"))
                .should()
                .dependOnClassesThat(ours().and(not(resideInAnyPackage(in("web"), in("feedback"), in("attempt")))))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void embeddedAndInboxStandAlone() {
        for (String name : STAND_ALONE) {
            noClasses()
                    .that()
                    .resideInAPackage(in(name))
                    .should()
                    .dependOnClassesThat(ours().and(not(resideInAPackage(in(name)))))
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }
    }

    @Test
    void theGroundFloorIsPlainJava() {
        classes()
                .that()
                .resideInAnyPackage(in("feedback"), in("attempt"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", in("feedback"), in("attempt"))
                .check(HOUSE);
    }

    @Test
    void packagesMakeNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void everyPackageHasItsPlaceOnTheMap() {
        Set<String> found = HOUSE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Stream.of(packages(), STAND_ALONE.stream(), Stream.of("web"))
                .flatMap(s -> s)
                .collect(Collectors.toSet());

        assertThat(known).containsAll(found);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(HOUSE.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(p -> assertThat(p.isAnnotatedWith(NullMarked.class))
                        .as(p.getName())
                        .isTrue());
    }

    @Test
    void frameworkTypesStayAtTheRim() {
        assertThat(HOUSE.stream()
                        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                        .filter(Rim::isBrokenBy))
                .isEmpty();
    }

    @Test
    void namesSayWhatAThingDoes() {
        Pattern empty = Pattern.compile(".*(Impl|Utils?|Helper|Manager|Common|Dto|DTO|Service)");

        noClasses()
                .should(be(are(
                        "named emptily", c -> empty.matcher(c.getSimpleName()).matches())))
                .check(HOUSE);
    }

    /** A mapper of ours reads and writes them, which the native build does not see. */
    @Test
    void whatAColumnHoldsIsKnownToTheNativeExecutable() {
        classes()
                .that(are("records within a column's class", HouseTest::isOfAColumn))
                .should()
                .beAnnotatedWith("io.quarkus.runtime.annotations.RegisterForReflection")
                .check(HOUSE);
    }

    private static boolean isOfAColumn(JavaClass type) {
        return type.isRecord() && type.getName().matches(".*Column\\$\\w+");
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(ROOT + "..");
    }

    private static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> test) {
        return DescribedPredicate.describe(what, test);
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }
}
