select id, label, public_key, secret_key, active, rate_limit_window, rate_limit_count, browser_sdk_version, has_replay,
    has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case, date_added
from project_key where public_key = :key and project_id = :project;
