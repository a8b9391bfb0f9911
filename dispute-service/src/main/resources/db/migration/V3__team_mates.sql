-- A jury leaves out whoever is in a team with a party: which teams has this juror?
CREATE INDEX known_teams_members ON known_teams USING gin (members);
