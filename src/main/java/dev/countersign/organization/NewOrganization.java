package dev.countersign.organization;

import dev.countersign.slug.Slug;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import org.jspecify.annotations.Nullable;

/** Reads and holds the body of a request that creates an organization: its name, and a slug if the client chooses one. */
@Schemas("""
        OrganizationCreate:
          required: [name]
          properties:
            name: Name64
            slug: {like: organizationSlug, type: [string, "null"], description: Made from the name where it is left out.}
          examples: [{name: The Interstellar Jurisdiction}]
        organizationSlug:
          type: string
          maxLength: 50
          pattern: '^(?![0-9]+$)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$'
        """)
record NewOrganization(String name, @Nullable String slug) {

    static final TextRule NAME = TextRule.upTo(Organization.MAX_NAME_LENGTH);
    static final TextRule SLUG =
            TextRule.upTo(Slug.ORGANIZATION.maxLength()).matching(Slug.ORGANIZATION.form(), Slug.ORGANIZATION.rule());

    static NewOrganization read(RequestFields fields) {
        var name = fields.text("name", NAME.required());
        var slug = fields.text("slug", SLUG.nullable());
        fields.check();
        return new NewOrganization(name.or(""), slug.value());
    }
}
