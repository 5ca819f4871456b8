package dev.tidings.campaign;

import static dev.tidings.campaign.Campaigns.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = Postgres.class, scope = TestResourceScope.GLOBAL)
class CampaignListTest {
    private final Campaigns campaigns = Campaigns.ofNewTenant();

    /** Seven, of which those with an even number are on. */
    @BeforeEach
    void register() {
        for (int i : List.of(3, 0, 6, 1, 5, 2, 4)) {
            campaigns.put("c-" + i, body(i % 2 == 0));
        }
    }

    @Test
    void pagesById() {
        assertThat(pages("?limit=3"))
                .isEqualTo(List.of(List.of("c-0", "c-1", "c-2"), List.of("c-3", "c-4", "c-5"), List.of("c-6")));
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        assertThat(pages("?limit=7")).hasSize(1);
    }

    @Test
    void filtersBySwitch() {
        assertThat(pages("?enableWebhooks=true&limit=2"))
                .isEqualTo(List.of(List.of("c-0", "c-2"), List.of("c-4", "c-6")));
        assertThat(pages("?enableWebhooks=false")).isEqualTo(List.of(List.of("c-1", "c-3", "c-5")));
        assertThat(ids(campaigns.list("?enableWebhooks=&limit=&cursor="))).hasSize(7);
    }

    @Test
    void whatIsChangedMeanwhileIsNeitherRepeatedNorLeftOut() {
        JsonPath first = campaigns.list("?limit=3");
        campaigns.put("c-1", body(true));
        campaigns.put("a-new-one-before", body(null));

        JsonPath second = campaigns.list("?limit=200&cursor=" + first.getString("nextCursor"));

        assertThat(ids(second)).containsExactly("c-3", "c-4", "c-5", "c-6");
    }

    private List<List<String>> pages(String query) {
        List<List<String>> pages = new ArrayList<>();
        JsonPath page = campaigns.list(query);
        pages.add(ids(page));
        while (page.getString("nextCursor") != null) {
            page = campaigns.list(query + "&cursor=" + page.getString("nextCursor"));
            pages.add(ids(page));
        }
        return pages;
    }

    private static List<String> ids(JsonPath page) {
        return page.getList("items.campaignID", String.class);
    }
}
