-- Keys are found by their name without reading all keys of the project.
create index project_key_label_idx on project_key (project_id, label);
