-- Who belongs to which team, as identity.events says: everything about a team's tasks is visible to its members.
CREATE TABLE known_teams (
  id      uuid   PRIMARY KEY,
  members text[] NOT NULL,
  version bigint NOT NULL
);
