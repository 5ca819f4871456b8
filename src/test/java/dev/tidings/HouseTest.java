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
            Set.of("notice"),
            Set.of("feedback", "attempt"));

    private static final Set<String> STAND_ALONE = Set.of("embedded", "inbox");

    /** Classes with these endings are the rim: there the product meets Quarkus, Vert.x and JAX-RS. */
    private static final Pattern RIM = Pattern.compile(".*("
            // Habit 14 of the house's style.
            + "Resource|Store|Queue|Sender|Config|Loop|Metrics|Health"
            // A cache listens for changes of the table that it keeps in memory, and fires CDI events.
            + "|Cache"
            // Tokens are minted by SmallRye JWT, off the event loop.
            + "|Minter"
            // Names are resolved and addresses handed to the Vert.x client.
            + "|Guard"
            // The delivery log and the SQL statements of the queue speak to the reactive PostgreSQL client.
            + "|Log|Statement|LogRow|Lease|DeadLeases|History|Orphans"
            // Entities, and the context that their session wants.
            + "|Webhook|Campaign|SafeContext"
            // One HTTP call, and the certificates that it believes.
            + "|Call|Trust"
            // Chores, and what begins and ends with the application.
            + "|Heartbeat|Rescuer|Keeper|Lifecycle|Signal|Tidings"
            // Query parameters of a resource.
            + "|Query"
            + ")");

    /** HTTP manners, and the connection that listens: nothing but rim. */
    private static final Set<String> AT_THE_RIM = Set.of(ROOT + ".web", ROOT + ".notice");

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
        noClasses()
                .that(are(
                        "inside the rim",
                        c -> !RIM.matcher(outermost(c).getSimpleName()).matches()
                                && !AT_THE_RIM.contains(c.getPackageName())))
                .should()
                .dependOnClassesThat(are("of the framework's engines", HouseTest::isFramework))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAThingDoes() {
        Pattern empty = Pattern.compile(".*(Impl|Utils?|Helper|Manager|Common|Dto|DTO|Service)");

        noClasses()
                .should(be(are(
                        "named emptily", c -> empty.matcher(c.getSimpleName()).matches())))
                .check(HOUSE);
    }

    /** Not counted: CDI and injection, configuration, OpenAPI, validation and Jackson annotations, Mutiny, the logger. */
    private static boolean isFramework(JavaClass type) {
        String name = type.getPackageName();
        return !name.equals("io.quarkus.arc") // injection
                && Stream.of("io.quarkus", "io.vertx", "jakarta.ws.rs", "org.hibernate", "jakarta.persistence")
                        .anyMatch(prefix -> name.equals(prefix) || name.startsWith(prefix + "."));
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(ROOT + "..");
    }

    private static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> test) {
        return DescribedPredicate.describe(what, test);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseTest::outermost).orElse(type);
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }
}
