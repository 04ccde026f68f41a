package dev.countersign.organization;

import dev.countersign.slug.Slug;
import dev.countersign.web.member.Fields;
import dev.countersign.web.member.Text;
import org.jspecify.annotations.Nullable;

/** The body of a request that creates an organization. */
record NewOrganization(String name, @Nullable String slug) {

    static final Text NAME = Text.upTo(Organization.MAX_NAME_LENGTH);
    static final Text SLUG =
            Text.upTo(Slug.ORGANIZATION.maxLength()).matching(Slug.ORGANIZATION.form(), Slug.ORGANIZATION.rule());

    static NewOrganization read(Fields fields) {
        var name = fields.text("name", NAME.required());
        var slug = fields.text("slug", SLUG.nullable());
        fields.check();
        return new NewOrganization(name.or(""), slug.value());
    }
}
