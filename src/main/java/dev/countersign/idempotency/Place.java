package dev.countersign.idempotency;

/**
 * Names where a request creates an object: an operation of the API, and the parent of the new object by its id. The
 * same key may stand for another object in another place. A renamed parent is the same place.
 *
 * @param operation a word for the operation, at most 32 characters
 * @param organizationId the organization of the new object, or 0 for a new organization
 * @param teamId the parent of the new object, or 0 where the parent is no team
 * @param projectId the parent of the new object, or 0 where the parent is no project
 */
public record Place(String operation, long organizationId, long teamId, long projectId) {

    /** For an object that belongs to no organization. */
    public static Place ofInstallation(String operation) {
        return new Place(operation, 0, 0, 0);
    }

    /** For an object of an organization. */
    public static Place ofOrganization(String operation, long organizationId) {
        return new Place(operation, organizationId, 0, 0);
    }

    /** For an object of a team. */
    public static Place ofTeam(String operation, long organizationId, long teamId) {
        return new Place(operation, organizationId, teamId, 0);
    }

    /** For an object of a project. */
    public static Place ofProject(String operation, long organizationId, long projectId) {
        return new Place(operation, organizationId, 0, projectId);
    }

    /** The id of the parent, or 0 where there is none. */
    long parentId() {
        return projectId != 0 ? projectId : teamId != 0 ? teamId : organizationId;
    }
}
