--
-- PostgreSQL database dump
--

SET statement_timeout = 0;

COPY public.organizations_ext_organization (id, name, slug, created, modified, is_accepting_events) FROM stdin;
1	Glitch\tInc	glitch_inc	2023-01-02 03:04:05.678+00	2023-01-02 03:04:05.678+00	t
\.


COPY public.projects_project (id, slug, name, platform, organization_id, created, first_event, scrub_ip_addresses, event_throttle_rate, is_deleted) FROM stdin;
1	shop	Shop	python-django	1	2023-02-02 03:04:05+00	\N	t	0	f
2	cart	Cart	\N	1	2023-02-02 03:04:05+00	\N	f	0	f
3	gone	Gone	\N	1	2023-02-02 03:04:05+00	\N	f	0	t
\.


COPY public.projects_projectkey (id, public_key, created, rate_limit_count, rate_limit_window, data, project_id, name, is_active) FROM stdin;
1	5a0ca1e0-4a5b-4c9c-9a4f-0b6a9d1e2f30	2023-02-02 03:04:06+00	10	60	\N	1		t
2	6b1db2f1-5b6c-4dad-8b5f-1c7bae2f3041	2023-02-02 03:04:06+00	\N	\N	\N	1	Old app	f
3	7c2ec3a2-6c7d-4ebe-9c6a-2d8cbf3a4152	2023-02-02 03:04:06+00	\N	\N	\N	2	Before 2024	t
4	8d3fd4b3-7d8e-4fcf-8d7b-3e9dca4b5263	2023-02-02 03:04:06+00	\N	\N	\N	3		t
\.


COPY public.teams_team (id, slug, organization_id, created) FROM stdin;
1	ops	1	2023-01-02 03:04:05+00
\.


COPY public.teams_team_projects (id, team_id, project_id) FROM stdin;
1	1	1
2	1	2
\.

