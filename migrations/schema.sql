CREATE TABLE account (
id CHAR(36) NOT NULL,
name TEXT NOT NULL,
display_name TEXT NOT NULL,
language TEXT,
active BOOLEAN NOT NULL,
password_hash TEXT NOT NULL,
session_token TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_account PRIMARY KEY (id),
CONSTRAINT ck_account_name_lower CHECK (name = lower(name)),
CONSTRAINT uq_account_name UNIQUE (name),
CONSTRAINT uq_account_session_token UNIQUE (session_token)
);
CREATE TABLE account_identity (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
issuer TEXT NOT NULL,
subject TEXT NOT NULL,
label TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_account_identity PRIMARY KEY (id),
CONSTRAINT ck_account_identity_subject_short CHECK (length(subject) BETWEEN 1 AND 255),
CONSTRAINT fk_account_identity_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_account_identity_issuer_subject UNIQUE (issuer, subject)
);
CREATE TABLE account_link (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
purpose TEXT NOT NULL,
token_sha256 TEXT NOT NULL,
expires_at CHAR(27) NOT NULL,
used_at CHAR(27),
withdrawn_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_account_link PRIMARY KEY (id),
CONSTRAINT ck_account_link_purpose_b84e5b CHECK (purpose IN ('invitation', 'reset')),
CONSTRAINT ck_account_link_token_sha256_hex CHECK (length(token_sha256) = 64),
CONSTRAINT ck_account_link_used_or_withdrawn CHECK (used_at IS NULL OR withdrawn_at IS NULL),
CONSTRAINT fk_account_link_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_account_link_token_sha256 UNIQUE (token_sha256)
);
CREATE TABLE alembic_version (
version_num VARCHAR(32) NOT NULL,
CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE answer (
id CHAR(36) NOT NULL,
invited_claim_id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
evidence_id CHAR(36) NOT NULL,
contest_id CHAR(36),
choice TEXT NOT NULL,
stated_figure TEXT,
link TEXT,
credited_as TEXT,
by_name BOOLEAN NOT NULL,
version_sha256 TEXT NOT NULL,
material_sha256 TEXT NOT NULL,
accepted_by TEXT,
accepted_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_answer PRIMARY KEY (id),
CONSTRAINT ck_answer_choice_d7d595 CHECK (choice IN ('agree', 'dispute', 'context')),
CONSTRAINT ck_answer_version_sha256_hex CHECK (length(version_sha256) = 64),
CONSTRAINT ck_answer_material_sha256_hex CHECK (length(material_sha256) = 64),
CONSTRAINT ck_answer_name_to_credit CHECK (NOT by_name OR credited_as IS NOT NULL),
CONSTRAINT ck_answer_accepted_has_when CHECK ((accepted_by IS NULL) = (accepted_at IS NULL)),
CONSTRAINT fk_answer_invited_claim_id FOREIGN KEY(invited_claim_id) REFERENCES invited_claim (id),
CONSTRAINT fk_answer_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_answer_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
CONSTRAINT fk_answer_contest_id FOREIGN KEY(contest_id) REFERENCES contest (id),
CONSTRAINT uq_answer_evidence_id UNIQUE (evidence_id)
);
CREATE TABLE api_token (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
name TEXT NOT NULL,
scopes TEXT NOT NULL,
token_sha256 TEXT NOT NULL,
expires_at CHAR(27) NOT NULL,
revoked_by TEXT,
revoked_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_api_token PRIMARY KEY (id),
CONSTRAINT ck_api_token_token_sha256_hex CHECK (length(token_sha256) = 64),
CONSTRAINT ck_api_token_revoked_has_when CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
CONSTRAINT fk_api_token_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_api_token_token_sha256 UNIQUE (token_sha256)
);
CREATE TABLE api_token_use (
token_id CHAR(36) NOT NULL,
used_at CHAR(27) NOT NULL,
CONSTRAINT pk_api_token_use PRIMARY KEY (token_id),
CONSTRAINT fk_api_token_use_token_id FOREIGN KEY(token_id) REFERENCES api_token (id)
);
CREATE TABLE appendix (
id CHAR(36) NOT NULL,
article_id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
profile TEXT NOT NULL,
language TEXT NOT NULL,
style TEXT,
ledger_position INTEGER NOT NULL,
schema_revision TEXT NOT NULL,
policy_version TEXT NOT NULL,
content_sha256 TEXT,
state_sha256 TEXT,
root_sha256 TEXT,
document_sha256 TEXT,
replaces_id CHAR(36),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_appendix PRIMARY KEY (id),
CONSTRAINT ck_appendix_profile_a8762d CHECK (profile IN ('internal', 'editor', 'legal', 'public')),
CONSTRAINT ck_appendix_language_known CHECK (language IN ('zh', 'en', 'both')),
CONSTRAINT ck_appendix_content_sha256_hex CHECK (length(content_sha256) = 64),
CONSTRAINT ck_appendix_state_sha256_hex CHECK (length(state_sha256) = 64),
CONSTRAINT ck_appendix_root_sha256_hex CHECK (length(root_sha256) = 64),
CONSTRAINT ck_appendix_document_sha256_hex CHECK (length(document_sha256) = 64),
CONSTRAINT ck_appendix_document_whole CHECK ((content_sha256 IS NULL) = (document_sha256 IS NOT NULL) AND (document_sha256 IS NULL) = (root_sha256 IS NULL) AND (document_sha256 IS NULL) = (state_sha256 IS NULL) AND (document_sha256 IS NULL) = (style IS NULL)),
CONSTRAINT fk_appendix_article_id FOREIGN KEY(article_id) REFERENCES article (id),
CONSTRAINT fk_appendix_replaces_id FOREIGN KEY(replaces_id) REFERENCES appendix (id),
CONSTRAINT fk_appendix_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT uq_appendix_article_id_number UNIQUE (article_id, number)
);
CREATE TABLE appendix_file (
id CHAR(36) NOT NULL,
appendix_id CHAR(36) NOT NULL,
format TEXT NOT NULL,
file_sha256 TEXT NOT NULL,
kept BOOLEAN NOT NULL,
size INTEGER,
proof_sha256 TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_appendix_file PRIMARY KEY (id),
CONSTRAINT ck_appendix_file_file_sha256_hex CHECK (length(file_sha256) = 64),
CONSTRAINT ck_appendix_file_proof_sha256_hex CHECK (length(proof_sha256) = 64),
CONSTRAINT ck_appendix_file_size_counted CHECK (size >= 0),
CONSTRAINT fk_appendix_file_appendix_id FOREIGN KEY(appendix_id) REFERENCES appendix (id),
CONSTRAINT uq_appendix_file_appendix_id_format UNIQUE (appendix_id, format)
);
CREATE TABLE article (
id CHAR(36) NOT NULL,
"key" TEXT NOT NULL,
title TEXT NOT NULL,
language TEXT NOT NULL,
published TEXT,
byline TEXT,
deadline CHAR(27),
sample BOOLEAN NOT NULL,
notice TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_article PRIMARY KEY (id),
CONSTRAINT uq_article_key UNIQUE ("key")
);
CREATE TABLE article_sign_off (
id CHAR(36) NOT NULL,
article_id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
decision TEXT NOT NULL,
version_sha256 TEXT NOT NULL,
state_sha256 TEXT NOT NULL,
reason TEXT,
missing TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_article_sign_off PRIMARY KEY (id),
CONSTRAINT ck_article_sign_off_decision_4a84f8 CHECK (decision IN ('signed', 'emergency')),
CONSTRAINT ck_article_sign_off_version_sha256_hex CHECK (length(version_sha256) = 64),
CONSTRAINT ck_article_sign_off_state_sha256_hex CHECK (length(state_sha256) = 64),
CONSTRAINT ck_article_sign_off_emergency_has_reason CHECK ((decision = 'signed' AND reason IS NULL AND missing IS NULL) OR (decision = 'emergency' AND missing IS NOT NULL AND length(trim(coalesce(reason, ''))) > 0)),
CONSTRAINT fk_article_sign_off_article_id FOREIGN KEY(article_id) REFERENCES article (id),
CONSTRAINT fk_article_sign_off_version_id FOREIGN KEY(version_id) REFERENCES article_version (id)
);
CREATE TABLE article_version (
id CHAR(36) NOT NULL,
article_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
text TEXT NOT NULL,
sha256 TEXT NOT NULL,
characters INTEGER NOT NULL,
file_name TEXT,
media_type TEXT NOT NULL,
charset TEXT NOT NULL,
received_sha256 TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_article_version PRIMARY KEY (id),
CONSTRAINT ck_article_version_sha256_hex CHECK (length(sha256) = 64),
CONSTRAINT ck_article_version_number_positive CHECK (number >= 1),
CONSTRAINT fk_article_version_article_id FOREIGN KEY(article_id) REFERENCES article (id),
CONSTRAINT uq_article_version_article_id_number UNIQUE (article_id, number)
);
CREATE TABLE assessment (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
figure_id CHAR(36),
status TEXT NOT NULL,
lowered_from TEXT,
reasoning TEXT,
disposition TEXT,
proposed_wording TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_assessment PRIMARY KEY (id),
CONSTRAINT ck_assessment_disposition_d0ca87 CHECK (disposition IN ('stet', 'correct', 'attribute', 'hedge', 'cut', 'hold')),
CONSTRAINT ck_assessment_partly_only_by_fold CHECK (figure_id IS NULL OR status NOT IN ('partly_supported')),
CONSTRAINT ck_assessment_status_0cd108 CHECK (status IN ('unchecked', 'supported', 'partly_supported', 'misleading', 'refuted', 'conflicting', 'not_enough_evidence', 'outdated', 'not_checkable')),
CONSTRAINT ck_assessment_lowering_has_reason CHECK (lowered_from IS NULL OR reasoning IS NOT NULL),
CONSTRAINT fk_assessment_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_assessment_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id)
);
CREATE TABLE awaited_copy (
id CHAR(36) NOT NULL,
evidence_id CHAR(36) NOT NULL,
attempt_id CHAR(36) NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_awaited_copy PRIMARY KEY (id),
CONSTRAINT fk_awaited_copy_attempt_id FOREIGN KEY(attempt_id) REFERENCES capture_attempt (id),
CONSTRAINT fk_awaited_copy_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
CONSTRAINT uq_awaited_copy_evidence_id_attempt_id UNIQUE (evidence_id, attempt_id)
);
CREATE TABLE capture_attempt (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
url TEXT NOT NULL,
outcome TEXT,
code TEXT,
reason TEXT,
final_url TEXT,
http_status INTEGER,
warc_sha256 TEXT,
snapshot_id CHAR(36),
ended_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_capture_attempt PRIMARY KEY (id),
CONSTRAINT ck_capture_attempt_outcome_has_end CHECK ((outcome IS NULL) = (ended_at IS NULL)),
CONSTRAINT ck_capture_attempt_kept_has_snapshot CHECK ((snapshot_id IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'kept')),
CONSTRAINT ck_capture_attempt_refused_has_reason CHECK (outcome IS NULL OR outcome <> 'refused' OR (code IS NOT NULL AND reason IS NOT NULL)),
CONSTRAINT ck_capture_attempt_outcome_d811ff CHECK (outcome IN ('kept', 'refused')),
CONSTRAINT fk_capture_attempt_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES snapshot (id),
CONSTRAINT fk_capture_attempt_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE citation (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
source_id CHAR(36),
attribution TEXT,
locator TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_citation PRIMARY KEY (id),
CONSTRAINT ck_citation_source_or_words CHECK (source_id IS NOT NULL OR attribution IS NOT NULL),
CONSTRAINT fk_citation_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_citation_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE claim (
id CHAR(36) NOT NULL,
article_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
"key" TEXT NOT NULL,
kind TEXT NOT NULL,
statement TEXT NOT NULL,
verification_status TEXT NOT NULL,
stage TEXT NOT NULL,
disposition TEXT,
proposed_wording TEXT,
checkability TEXT,
where_to_check TEXT,
assignee TEXT,
submitted_by TEXT,
due_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL, submission INTEGER DEFAULT '0' NOT NULL, sign_off_levels INTEGER CONSTRAINT ck_claim_sign_off_levels_range CHECK (sign_off_levels BETWEEN 1 AND 3),
CONSTRAINT pk_claim PRIMARY KEY (id),
CONSTRAINT ck_claim_disposition_d0ca87 CHECK (disposition IN ('stet', 'correct', 'attribute', 'hedge', 'cut', 'hold')),
CONSTRAINT ck_claim_stage_f823f6 CHECK (stage IN ('open', 'checking', 'submitted', 'signed_off', 'dropped')),
CONSTRAINT ck_claim_disposition_before_submission CHECK (stage NOT IN ('submitted', 'signed_off') OR disposition IS NOT NULL),
CONSTRAINT ck_claim_verification_status_0cd108 CHECK (verification_status IN ('unchecked', 'supported', 'partly_supported', 'misleading', 'refuted', 'conflicting', 'not_enough_evidence', 'outdated', 'not_checkable')),
CONSTRAINT ck_claim_number_positive CHECK (number >= 1),
CONSTRAINT fk_claim_article_id FOREIGN KEY(article_id) REFERENCES article (id),
CONSTRAINT uq_claim_article_id_key UNIQUE (article_id, "key"),
CONSTRAINT uq_claim_article_id_number UNIQUE (article_id, number)
);
CREATE TABLE claim_anchor (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
exact TEXT NOT NULL,
prefix TEXT NOT NULL,
suffix TEXT NOT NULL,
start INTEGER,
stop INTEGER,
sentence_start INTEGER,
sentence_stop INTEGER,
state TEXT NOT NULL,
confirmed_by TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_claim_anchor PRIMARY KEY (id),
CONSTRAINT ck_claim_anchor_span CHECK ((state = 'orphaned' AND start IS NULL AND stop IS NULL) OR (state <> 'orphaned' AND start >= 0 AND start < stop)),
CONSTRAINT ck_claim_anchor_state_7837d1 CHECK (state IN ('exact', 'moved', 'reworded', 'figure_changed', 'orphaned')),
CONSTRAINT fk_claim_anchor_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_claim_anchor_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT uq_claim_anchor_claim_id_version_id UNIQUE (claim_id, version_id)
);
CREATE TABLE claim_author (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_claim_author PRIMARY KEY (id),
CONSTRAINT fk_claim_author_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT uq_claim_author_claim_id_created_by UNIQUE (claim_id, created_by)
);
CREATE TABLE claim_word (
word INTEGER NOT NULL,
claim_id CHAR(36) NOT NULL,
CONSTRAINT pk_claim_word PRIMARY KEY (word, claim_id),
CONSTRAINT fk_claim_word_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id) ON DELETE CASCADE
);
CREATE TABLE comment (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
figure_id CHAR(36),
reply_to_id CHAR(36),
body TEXT NOT NULL,
resolved_by TEXT,
resolved_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_comment PRIMARY KEY (id),
CONSTRAINT ck_comment_resolved_whole CHECK ((resolved_by IS NULL) = (resolved_at IS NULL)),
CONSTRAINT fk_comment_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_comment_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id),
CONSTRAINT fk_comment_reply_to_id FOREIGN KEY(reply_to_id) REFERENCES comment (id)
);
CREATE TABLE contact (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
sealed BLOB,
wrapped_key BLOB,
key_name TEXT NOT NULL,
sealed_sha256 TEXT NOT NULL,
destroyed_by TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_contact PRIMARY KEY (id),
CONSTRAINT ck_contact_sealed_sha256_hex CHECK (length(sealed_sha256) = 64),
CONSTRAINT ck_contact_sealed_has_key CHECK ((sealed IS NULL) = (wrapped_key IS NULL)),
CONSTRAINT ck_contact_destroyed_by_whom CHECK ((sealed IS NULL) = (destroyed_by IS NOT NULL)),
CONSTRAINT fk_contact_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE contest (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
figure_id CHAR(36),
evidence_id CHAR(36),
assessment_id CHAR(36),
reason TEXT NOT NULL,
side TEXT NOT NULL,
party TEXT,
statement TEXT NOT NULL,
blocking BOOLEAN NOT NULL,
due_on DATE,
outcome TEXT,
settlement TEXT,
settled_by TEXT,
settled_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_contest PRIMARY KEY (id),
CONSTRAINT ck_contest_outcome_29a4d5 CHECK (outcome IN ('upheld', 'partly_upheld', 'rejected', 'withdrawn', 'superseded')),
CONSTRAINT ck_contest_reason_30dde0 CHECK (reason IN ('sources_disagree', 'single_origin', 'unconfirmed_report', 'party_denies', 'definition_or_scope', 'period_mismatch', 'arithmetic', 'misattribution', 'translation', 'superseded', 'superlative', 'legal', 'other')),
CONSTRAINT ck_contest_settled_by_another CHECK (settled_by IS NULL OR outcome = 'withdrawn' OR settled_by <> created_by),
CONSTRAINT ck_contest_side_3d62c1 CHECK (side IN ('checker', 'reviewer', 'author', 'subject', 'expert', 'reader', 'rule')),
CONSTRAINT ck_contest_settled_whole CHECK ((outcome IS NULL) = (settled_by IS NULL) AND (outcome IS NULL) = (settled_at IS NULL)),
CONSTRAINT fk_contest_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id),
CONSTRAINT fk_contest_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_contest_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
CONSTRAINT fk_contest_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id),
CONSTRAINT uq_contest_claim_id_number UNIQUE (claim_id, number)
);
CREATE TABLE contest_evidence (
id CHAR(36) NOT NULL,
contest_id CHAR(36) NOT NULL,
evidence_id CHAR(36) NOT NULL,
bearing TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_contest_evidence PRIMARY KEY (id),
CONSTRAINT ck_contest_evidence_bearing_e06fda CHECK (bearing IN ('for', 'against')),
CONSTRAINT fk_contest_evidence_contest_id FOREIGN KEY(contest_id) REFERENCES contest (id),
CONSTRAINT fk_contest_evidence_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
CONSTRAINT uq_contest_evidence_contest_id_evidence_id UNIQUE (contest_id, evidence_id)
);
CREATE TABLE draft (
account_id CHAR(36) NOT NULL,
form TEXT NOT NULL,
object TEXT NOT NULL,
fields TEXT NOT NULL,
receipt TEXT,
updated_at CHAR(27) NOT NULL, sent_as TEXT,
CONSTRAINT pk_draft PRIMARY KEY (account_id, form, object),
CONSTRAINT fk_draft_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE duplicate_answer (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
other_id CHAR(36) NOT NULL,
outcome TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_duplicate_answer PRIMARY KEY (id),
CONSTRAINT ck_duplicate_answer_outcome_5cb0ee CHECK (outcome IN ('merged', 'apart')),
CONSTRAINT ck_duplicate_answer_pair_in_order CHECK (source_id < other_id),
CONSTRAINT fk_duplicate_answer_source_id FOREIGN KEY(source_id) REFERENCES source (id),
CONSTRAINT fk_duplicate_answer_other_id FOREIGN KEY(other_id) REFERENCES source (id)
);
CREATE TABLE evidence (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
kind TEXT NOT NULL,
source_id CHAR(36),
snapshot_id CHAR(36),
stance TEXT NOT NULL,
locator_kind TEXT,
locator TEXT,
quote TEXT,
says TEXT,
note TEXT,
formula TEXT,
withdrawn_by TEXT,
withdrawal_reason TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL, pending BOOLEAN DEFAULT 0 NOT NULL CONSTRAINT ck_evidence_pending_said CHECK (NOT pending OR kind = 'personal_communication'), cited_as TEXT, quote_start INTEGER, quote_stop INTEGER CONSTRAINT ck_evidence_quote_place CHECK ((quote_start IS NULL) = (quote_stop IS NULL) AND (quote_start IS NULL OR (snapshot_id IS NOT NULL AND quote_start >= 0 AND quote_start < quote_stop))), figure_start INTEGER, figure_stop INTEGER CONSTRAINT ck_evidence_figure_place CHECK ((figure_start IS NULL) = (figure_stop IS NULL) AND (figure_start IS NULL OR (quote_start IS NOT NULL AND figure_start >= quote_start AND figure_start < figure_stop AND figure_stop <= quote_stop))), said_by TEXT, said_role TEXT, said_on TEXT, said_via TEXT CONSTRAINT ck_evidence_said_via_fb3b2b CHECK (said_via IN ('call', 'meeting', 'video', 'email', 'message', 'letter', 'other')), said_terms TEXT CONSTRAINT ck_evidence_said_terms_b915fe CHECK (said_terms IN ('on_record', 'background', 'off_record')), said_reached TEXT CONSTRAINT ck_evidence_said_by_somebody CHECK (kind = 'personal_communication' OR coalesce(said_by, said_role, said_on, said_via, said_terms, said_reached) IS NULL),
CONSTRAINT pk_evidence PRIMARY KEY (id),
CONSTRAINT ck_evidence_source_has_source CHECK (kind <> 'source' OR source_id IS NOT NULL),
CONSTRAINT ck_evidence_calculation_has_formula CHECK ((kind = 'calculation') = (formula IS NOT NULL)),
CONSTRAINT ck_evidence_kind_7010b1 CHECK (kind IN ('source', 'personal_communication', 'calculation')),
CONSTRAINT ck_evidence_locator_kind_53c745 CHECK (locator_kind IN ('page', 'paragraph', 'section', 'table_cell', 'time', 'excerpt')),
CONSTRAINT ck_evidence_stance_df942e CHECK (stance IN ('supports', 'refutes', 'qualifies', 'mentions')),
CONSTRAINT ck_evidence_locator_has_kind CHECK ((locator IS NULL) = (locator_kind IS NULL)),
CONSTRAINT ck_evidence_withdrawal_has_reason CHECK ((withdrawn_by IS NULL) = (withdrawal_reason IS NULL)),
CONSTRAINT fk_evidence_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_evidence_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES snapshot (id),
CONSTRAINT fk_evidence_source_id FOREIGN KEY(source_id) REFERENCES source (id),
CONSTRAINT uq_evidence_claim_id_number UNIQUE (claim_id, number)
);
CREATE TABLE evidence_target (
id CHAR(36) NOT NULL,
evidence_id CHAR(36) NOT NULL,
figure_id CHAR(36) NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_evidence_target PRIMARY KEY (id),
CONSTRAINT fk_evidence_target_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id) ON DELETE CASCADE,
CONSTRAINT fk_evidence_target_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id),
CONSTRAINT uq_evidence_target_evidence_id_figure_id UNIQUE (evidence_id, figure_id)
);
CREATE TABLE factor (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
kind TEXT NOT NULL,
name TEXT NOT NULL,
sealed BLOB,
wrapped_key BLOB,
key_name TEXT,
sealed_sha256 TEXT,
credential_id TEXT,
public_key TEXT,
transports TEXT,
confirmed_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_factor PRIMARY KEY (id),
CONSTRAINT ck_factor_kind_ea4697 CHECK (kind IN ('totp', 'passkey')),
CONSTRAINT ck_factor_sealed_sha256_hex CHECK (length(sealed_sha256) = 64),
CONSTRAINT ck_factor_codes_have_a_seed CHECK ((kind = 'totp') = (sealed IS NOT NULL) AND (sealed IS NULL) = (wrapped_key IS NULL) AND (sealed IS NULL) = (key_name IS NULL) AND (sealed IS NULL) = (sealed_sha256 IS NULL)),
CONSTRAINT ck_factor_passkey_has_a_key CHECK ((kind = 'passkey') = (credential_id IS NOT NULL) AND (credential_id IS NULL) = (public_key IS NULL) AND (credential_id IS NULL OR confirmed_at IS NOT NULL)),
CONSTRAINT fk_factor_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_factor_credential_id UNIQUE (credential_id)
);
CREATE TABLE factor_use (
factor_id CHAR(36) NOT NULL,
counter BIGINT NOT NULL,
used_at CHAR(27),
CONSTRAINT pk_factor_use PRIMARY KEY (factor_id),
CONSTRAINT fk_factor_use_factor_id FOREIGN KEY(factor_id) REFERENCES factor (id) ON DELETE CASCADE
);
CREATE TABLE failed_proof (
id CHAR(36) NOT NULL,
account_id CHAR(36),
proof TEXT NOT NULL,
browser TEXT NOT NULL,
address TEXT NOT NULL,
tried_at CHAR(27) NOT NULL,
CONSTRAINT pk_failed_proof PRIMARY KEY (id),
CONSTRAINT ck_failed_proof_proof_1fc6ba CHECK (proof IN ('password', 'totp', 'recovery_code', 'passkey', 'provider', 'provider_mfa', 'link')),
CONSTRAINT fk_failed_proof_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE figure (
id CHAR(36) NOT NULL,
claim_id CHAR(36),
evidence_id CHAR(36),
mention_id CHAR(36),
period_mention_id CHAR(36),
number INTEGER NOT NULL,
role TEXT NOT NULL,
stated_text TEXT NOT NULL,
start INTEGER,
stop INTEGER,
comparator TEXT,
low TEXT,
high TEXT,
low_inclusive BOOLEAN,
high_inclusive BOOLEAN,
stated_decimals INTEGER,
unit TEXT,
multiplier INTEGER,
period TEXT,
period_note TEXT,
subject TEXT,
measure TEXT,
geography TEXT,
basis TEXT,
observation_status TEXT NOT NULL,
change_kind TEXT,
pair TEXT,
material BOOLEAN NOT NULL,
verification_status TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL, removed_by TEXT, removal_reason TEXT CONSTRAINT ck_figure_removal_has_reason CHECK ((removed_by IS NULL) = (removal_reason IS NULL)),
CONSTRAINT pk_figure PRIMARY KEY (id),
CONSTRAINT ck_figure_change_kind_27ba14 CHECK (change_kind IN ('level', 'absolute', 'percent', 'percentage_points', 'times')),
CONSTRAINT ck_figure_range_has_both CHECK (comparator <> 'range' OR (low IS NOT NULL AND high IS NOT NULL)),
CONSTRAINT ck_figure_comparator_04fba2 CHECK (comparator IN ('exactly', 'over', 'at_least', 'under', 'at_most', 'nearly', 'about', 'odd', 'range', 'multiple_of')),
CONSTRAINT ck_figure_from_to_paired CHECK (evidence_id IS NOT NULL OR role NOT IN ('from', 'to') OR pair IS NOT NULL),
CONSTRAINT ck_figure_observation_status_43901a CHECK (observation_status IN ('normal', 'estimated', 'provisional', 'forecast', 'target')),
CONSTRAINT ck_figure_rank_whole CHECK (role <> 'rank' OR low IS NULL OR (CAST(low AS DOUBLE PRECISION) >= 1 AND CAST(low AS DOUBLE PRECISION) = CAST(CAST(low AS BIGINT) AS DOUBLE PRECISION))),
CONSTRAINT ck_figure_role_89e8c4 CHECK (role IN ('value', 'from', 'to', 'low', 'high', 'base', 'count', 'rank', 'difference', 'ratio')),
CONSTRAINT ck_figure_pp_is_a_change CHECK (unit <> 'pp' OR (change_kind IS NOT NULL AND change_kind = 'percentage_points')),
CONSTRAINT ck_figure_verification_status_0cd108 CHECK (verification_status IN ('unchecked', 'supported', 'partly_supported', 'misleading', 'refuted', 'conflicting', 'not_enough_evidence', 'outdated', 'not_checkable')),
CONSTRAINT ck_figure_one_owner CHECK ((claim_id IS NULL) <> (evidence_id IS NULL)),
CONSTRAINT ck_figure_low_not_above_high CHECK (CAST(low AS DOUBLE PRECISION) <= CAST(high AS DOUBLE PRECISION)),
CONSTRAINT ck_figure_number_positive CHECK (number >= 1),
CONSTRAINT ck_figure_span CHECK (start IS NULL OR (start >= 0 AND start < stop)),
CONSTRAINT fk_figure_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_figure_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id) ON DELETE CASCADE,
CONSTRAINT fk_figure_mention_id FOREIGN KEY(mention_id) REFERENCES quantity_mention (id),
CONSTRAINT fk_figure_period_mention_id FOREIGN KEY(period_mention_id) REFERENCES quantity_mention (id),
CONSTRAINT uq_figure_claim_id_number UNIQUE (claim_id, number),
CONSTRAINT uq_figure_claim_id_pair_role UNIQUE (claim_id, pair, role),
CONSTRAINT ck_figure_low_bounded CHECK (low IS NULL OR (length(low) <= 62 AND low NOT GLOB '*[^-0-9.]*' AND low GLOB '*[0-9]')),
CONSTRAINT ck_figure_high_bounded CHECK (high IS NULL OR (length(high) <= 62 AND high NOT GLOB '*[^-0-9.]*' AND high GLOB '*[0-9]'))
);
CREATE TABLE figure_mark (
mark INTEGER NOT NULL,
figure_id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
CONSTRAINT pk_figure_mark PRIMARY KEY (mark, figure_id),
CONSTRAINT fk_figure_mark_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id) ON DELETE CASCADE,
CONSTRAINT fk_figure_mark_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id) ON DELETE CASCADE
);
CREATE TABLE figure_relation (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
from_figure_id CHAR(36) NOT NULL,
to_figure_id CHAR(36) NOT NULL,
kind TEXT NOT NULL,
note TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_figure_relation PRIMARY KEY (id),
CONSTRAINT ck_figure_relation_kind_a818a0 CHECK (kind IN ('change_of', 'share_of', 'ratio_of', 'part_of', 'rank_of')),
CONSTRAINT ck_figure_relation_not_self CHECK (from_figure_id <> to_figure_id),
CONSTRAINT fk_figure_relation_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_figure_relation_from_figure_id FOREIGN KEY(from_figure_id) REFERENCES figure (id),
CONSTRAINT fk_figure_relation_to_figure_id FOREIGN KEY(to_figure_id) REFERENCES figure (id),
CONSTRAINT uq_figure_relation_from_figure_id_to_figure_id_kind UNIQUE (from_figure_id, to_figure_id, kind)
);
CREATE TABLE figure_topic (
figure_id CHAR(36) NOT NULL,
topic TEXT NOT NULL,
CONSTRAINT pk_figure_topic PRIMARY KEY (figure_id, topic),
CONSTRAINT fk_figure_topic_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id) ON DELETE CASCADE
);
CREATE TABLE finding (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
figure_id CHAR(36),
code TEXT NOT NULL,
severity TEXT NOT NULL,
message TEXT NOT NULL,
waived_by TEXT,
waiver_reason TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_finding PRIMARY KEY (id),
CONSTRAINT ck_finding_severity_fcf187 CHECK (severity IN ('mandatory', 'warning', 'suggestion')),
CONSTRAINT ck_finding_waiver_has_reason CHECK ((waived_by IS NULL) = (waiver_reason IS NULL)),
CONSTRAINT fk_finding_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_finding_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id)
);
CREATE TABLE form_receipt (
"key" TEXT NOT NULL,
actor TEXT NOT NULL,
path TEXT NOT NULL,
received_at CHAR(27) NOT NULL, request_sha256 TEXT, status INTEGER, answer BLOB, forget_at CHAR(27),
CONSTRAINT pk_form_receipt PRIMARY KEY ("key")
);
CREATE TABLE former_key (
key_sha256 TEXT NOT NULL,
session_id CHAR(36) NOT NULL,
form_sha256 TEXT NOT NULL,
renewed_key BLOB NOT NULL,
replaced_at CHAR(27) NOT NULL,
CONSTRAINT pk_former_key PRIMARY KEY (key_sha256),
CONSTRAINT ck_former_key_form_sha256_hex CHECK (length(form_sha256) = 64),
CONSTRAINT fk_former_key_session_id FOREIGN KEY(session_id) REFERENCES open_session (id) ON DELETE CASCADE
);
CREATE TABLE formula_check (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
formula TEXT NOT NULL,
note TEXT,
withdrawn_by TEXT,
withdrawal_reason TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_formula_check PRIMARY KEY (id),
CONSTRAINT ck_formula_check_number_positive CHECK (number >= 1),
CONSTRAINT ck_formula_check_withdrawal_has_reason CHECK ((withdrawn_by IS NULL) = (withdrawal_reason IS NULL)),
CONSTRAINT fk_formula_check_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT uq_formula_check_claim_id_number UNIQUE (claim_id, number)
);
CREATE TABLE host_pace (
host TEXT NOT NULL,
free_at CHAR(27) NOT NULL,
holder TEXT,
robots TEXT,
robots_at CHAR(27),
refuses_all BOOLEAN NOT NULL,
CONSTRAINT pk_host_pace PRIMARY KEY (host)
);
CREATE TABLE invitation (
id CHAR(36) NOT NULL,
article_id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
contest_id CHAR(36),
side TEXT NOT NULL,
name TEXT NOT NULL,
question TEXT NOT NULL,
language TEXT NOT NULL,
show_title BOOLEAN NOT NULL,
token_sha256 TEXT NOT NULL,
expires_at CHAR(27) NOT NULL,
revoked_by TEXT,
revoked_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_invitation PRIMARY KEY (id),
CONSTRAINT ck_invitation_side_3d62c1 CHECK (side IN ('checker', 'reviewer', 'author', 'subject', 'expert', 'reader', 'rule')),
CONSTRAINT ck_invitation_side_outside CHECK (side IN ('reader', 'expert', 'subject')),
CONSTRAINT ck_invitation_language_of_a_page CHECK (language IN ('zh', 'en')),
CONSTRAINT ck_invitation_token_sha256_hex CHECK (length(token_sha256) = 64),
CONSTRAINT ck_invitation_revoked_has_when CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
CONSTRAINT fk_invitation_article_id FOREIGN KEY(article_id) REFERENCES article (id),
CONSTRAINT fk_invitation_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT fk_invitation_contest_id FOREIGN KEY(contest_id) REFERENCES contest (id),
CONSTRAINT uq_invitation_token_sha256 UNIQUE (token_sha256)
);
CREATE TABLE invited_claim (
id CHAR(36) NOT NULL,
invitation_id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
sentence TEXT NOT NULL,
figures TEXT,
version_sha256 TEXT NOT NULL,
material_sha256 TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_invited_claim PRIMARY KEY (id),
CONSTRAINT ck_invited_claim_version_sha256_hex CHECK (length(version_sha256) = 64),
CONSTRAINT ck_invited_claim_material_sha256_hex CHECK (length(material_sha256) = 64),
CONSTRAINT fk_invited_claim_invitation_id FOREIGN KEY(invitation_id) REFERENCES invitation (id),
CONSTRAINT fk_invited_claim_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT uq_invited_claim_invitation_id_claim_id UNIQUE (invitation_id, claim_id)
);
CREATE TABLE job (
id CHAR(36) NOT NULL,
kind TEXT NOT NULL,
payload TEXT NOT NULL,
"key" TEXT,
subject_table TEXT,
subject_id TEXT,
state TEXT NOT NULL,
attempts INTEGER NOT NULL,
most_attempts INTEGER NOT NULL,
run_after CHAR(27),
holder TEXT,
leased_until CHAR(27),
heartbeat_at CHAR(27),
done INTEGER,
total INTEGER,
words TEXT,
code TEXT,
error TEXT,
reference TEXT,
finished_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_job PRIMARY KEY (id),
CONSTRAINT ck_job_state_4de75b CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
CONSTRAINT ck_job_running_is_held CHECK ((state = 'running') = (holder IS NOT NULL)),
CONSTRAINT ck_job_lease_has_end CHECK ((holder IS NULL) = (leased_until IS NULL)),
CONSTRAINT ck_job_finished_has_when CHECK ((state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
CONSTRAINT ck_job_attempts_counted CHECK (attempts >= 0 AND most_attempts >= 1),
CONSTRAINT ck_job_done_of_total CHECK (done >= 0 AND total >= done),
CONSTRAINT ck_job_subject_whole CHECK ((subject_table IS NULL) = (subject_id IS NULL))
);
CREATE TABLE job_worker (
id CHAR(36) NOT NULL,
place TEXT NOT NULL,
threads INTEGER NOT NULL,
started_at CHAR(27) NOT NULL,
seen_at CHAR(27) NOT NULL,
CONSTRAINT pk_job_worker PRIMARY KEY (id)
);
CREATE TABLE key_choice (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
single_keys BOOLEAN NOT NULL,
changed TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_key_choice PRIMARY KEY (id),
CONSTRAINT fk_key_choice_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_key_choice_account_id UNIQUE (account_id)
);
CREATE TABLE ledger_checkpoint (
size INTEGER PRIMARY KEY,
note TEXT NOT NULL
);
CREATE TABLE ledger_ctx (
one INTEGER PRIMARY KEY CHECK (one = 1),
actor TEXT,
req TEXT
);
CREATE TABLE ledger_event (
eid INTEGER PRIMARY KEY AUTOINCREMENT,
kind TEXT NOT NULL,
tbl TEXT NOT NULL,
pk TEXT NOT NULL,
op TEXT NOT NULL,
at TEXT NOT NULL,
actor TEXT,
req TEXT,
dbuser TEXT,
xid TEXT,
old TEXT,
new TEXT,
salt BLOB NOT NULL,
red TEXT
);
CREATE TABLE ledger_leaf (
seq INTEGER PRIMARY KEY,
eid INTEGER NOT NULL UNIQUE,
via TEXT NOT NULL CHECK (via IN ('app', 'foreign')),
leaf BLOB NOT NULL CHECK (length(leaf) = 32),
mac BLOB NOT NULL CHECK (length(mac) = 32)
);
CREATE TABLE likeness_answer (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
other_id CHAR(36) NOT NULL,
outcome TEXT NOT NULL,
likeness INTEGER NOT NULL,
note TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_likeness_answer PRIMARY KEY (id),
CONSTRAINT ck_likeness_answer_outcome_433d45 CHECK (outcome IN ('linked', 'dismissed')),
CONSTRAINT ck_likeness_answer_pair_in_order CHECK (source_id < other_id),
CONSTRAINT ck_likeness_answer_likeness_percent CHECK (likeness BETWEEN 0 AND 100),
CONSTRAINT fk_likeness_answer_source_id FOREIGN KEY(source_id) REFERENCES source (id),
CONSTRAINT fk_likeness_answer_other_id FOREIGN KEY(other_id) REFERENCES source (id)
);
CREATE TABLE need_to_know (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
reader TEXT NOT NULL,
revoked_by TEXT,
revoked_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_need_to_know PRIMARY KEY (id),
CONSTRAINT ck_need_to_know_revoked_has_when CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
CONSTRAINT fk_need_to_know_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE observation (
id CHAR(36) NOT NULL,
evidence_id CHAR(36) NOT NULL,
snapshot_id CHAR(36),
kept_id CHAR(36),
outcome TEXT NOT NULL,
quote TEXT NOT NULL,
old_words TEXT NOT NULL,
new_words TEXT,
http_status INTEGER,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_observation PRIMARY KEY (id),
CONSTRAINT ck_observation_outcome_3c6d0e CHECK (outcome IN ('same', 'moved', 'reworded', 'figure_changed', 'unclear', 'gone')),
CONSTRAINT fk_observation_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id),
CONSTRAINT fk_observation_kept_id FOREIGN KEY(kept_id) REFERENCES snapshot (id),
CONSTRAINT fk_observation_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES snapshot (id)
);
CREATE TABLE open_session (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
key_sha256 TEXT NOT NULL,
browser TEXT NOT NULL,
address TEXT NOT NULL,
started_at CHAR(27) NOT NULL,
seen_at CHAR(27) NOT NULL,
ended_at CHAR(27),
ended_as TEXT,
proofs TEXT,
proved_at CHAR(27),
device_sha256 TEXT,
unfamiliar BOOLEAN,
CONSTRAINT pk_open_session PRIMARY KEY (id),
CONSTRAINT ck_open_session_ended_has_when CHECK ((ended_as IS NULL) = (ended_at IS NULL)),
CONSTRAINT ck_open_session_ended_as_a25f87 CHECK (ended_as IN ('signed_out', 'elsewhere', 'password', 'disabled', 'expired', 'factors')),
CONSTRAINT fk_open_session_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_open_session_key_sha256 UNIQUE (key_sha256)
);
CREATE TABLE page_state (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
url TEXT NOT NULL,
answer TEXT NOT NULL,
http_status INTEGER,
final_url TEXT,
reason TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_page_state PRIMARY KEY (id),
CONSTRAINT ck_page_state_answer_612026 CHECK (answer IN ('alive', 'redirected', 'forbidden', 'walled', 'missing', 'unreachable')),
CONSTRAINT fk_page_state_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE presence (
account_id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
seen_at CHAR(27) NOT NULL,
CONSTRAINT pk_presence PRIMARY KEY (account_id, claim_id),
CONSTRAINT fk_presence_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
CONSTRAINT fk_presence_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id) ON DELETE CASCADE
);
CREATE TABLE proposal (
id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
reading_id CHAR(36),
number INTEGER NOT NULL,
start INTEGER NOT NULL,
stop INTEGER NOT NULL,
sentence_start INTEGER NOT NULL,
sentence_stop INTEGER NOT NULL,
statement TEXT NOT NULL,
kind TEXT NOT NULL,
strength TEXT NOT NULL,
rule TEXT NOT NULL,
state TEXT NOT NULL,
reason TEXT,
claim_id CHAR(36),
into_id CHAR(36),
from_id CHAR(36),
edited_by TEXT,
decided_by TEXT,
decided_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_proposal PRIMARY KEY (id),
CONSTRAINT ck_proposal_accepted_has_claim CHECK ((state = 'accepted') = (claim_id IS NOT NULL)),
CONSTRAINT ck_proposal_merged_has_into CHECK ((state = 'merged') = (into_id IS NOT NULL)),
CONSTRAINT ck_proposal_decided_has_who CHECK ((state = 'pending') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
CONSTRAINT ck_proposal_rejected_has_reason CHECK ((state = 'rejected') = (reason IS NOT NULL)),
CONSTRAINT ck_proposal_reason_c3d140 CHECK (reason IN ('not_a_claim', 'duplicate', 'opinion', 'designation', 'product_name', 'publication_date', 'ordinal_wording', 'idiom', 'enumeration')),
CONSTRAINT ck_proposal_state_af674c CHECK (state IN ('pending', 'accepted', 'rejected', 'merged', 'split', 'superseded')),
CONSTRAINT ck_proposal_strength_12067c CHECK (strength IN ('strong', 'weak')),
CONSTRAINT ck_proposal_number_positive CHECK (number >= 1),
CONSTRAINT ck_proposal_sentence CHECK (sentence_start <= start AND sentence_start < sentence_stop),
CONSTRAINT ck_proposal_span CHECK (start >= 0 AND start < stop),
CONSTRAINT fk_proposal_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT fk_proposal_from_id FOREIGN KEY(from_id) REFERENCES proposal (id),
CONSTRAINT fk_proposal_into_id FOREIGN KEY(into_id) REFERENCES proposal (id),
CONSTRAINT fk_proposal_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id),
CONSTRAINT fk_proposal_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT uq_proposal_version_id_number UNIQUE (version_id, number)
);
CREATE TABLE proposed_figure (
id CHAR(36) NOT NULL,
proposal_id CHAR(36) NOT NULL,
mention_id CHAR(36),
period_mention_id CHAR(36),
number INTEGER NOT NULL,
strength TEXT NOT NULL,
rule TEXT NOT NULL,
role TEXT NOT NULL,
pair TEXT,
stated_text TEXT NOT NULL,
start INTEGER NOT NULL,
stop INTEGER NOT NULL,
comparator TEXT,
low TEXT,
high TEXT,
low_inclusive BOOLEAN,
high_inclusive BOOLEAN,
stated_decimals INTEGER,
unit TEXT,
multiplier INTEGER,
change_kind TEXT,
period TEXT,
period_source TEXT,
period_note TEXT,
subject TEXT,
measure TEXT,
geography TEXT,
basis TEXT,
observation_status TEXT NOT NULL,
material BOOLEAN NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_proposed_figure PRIMARY KEY (id),
CONSTRAINT ck_proposed_figure_change_kind_27ba14 CHECK (change_kind IN ('level', 'absolute', 'percent', 'percentage_points', 'times')),
CONSTRAINT ck_proposed_figure_range_has_both CHECK (comparator <> 'range' OR (low IS NOT NULL AND high IS NOT NULL)),
CONSTRAINT ck_proposed_figure_comparator_04fba2 CHECK (comparator IN ('exactly', 'over', 'at_least', 'under', 'at_most', 'nearly', 'about', 'odd', 'range', 'multiple_of')),
CONSTRAINT ck_proposed_figure_observation_status_43901a CHECK (observation_status IN ('normal', 'estimated', 'provisional', 'forecast', 'target')),
CONSTRAINT ck_proposed_figure_period_source_890ffc CHECK (period_source IN ('stated', 'carried', 'article_date', 'editor')),
CONSTRAINT ck_proposed_figure_rank_whole CHECK (role <> 'rank' OR low IS NULL OR (CAST(low AS DOUBLE PRECISION) >= 1 AND CAST(low AS DOUBLE PRECISION) = CAST(CAST(low AS BIGINT) AS DOUBLE PRECISION))),
CONSTRAINT ck_proposed_figure_role_89e8c4 CHECK (role IN ('value', 'from', 'to', 'low', 'high', 'base', 'count', 'rank', 'difference', 'ratio')),
CONSTRAINT ck_proposed_figure_from_to_paired CHECK (role NOT IN ('from', 'to') OR pair IS NOT NULL),
CONSTRAINT ck_proposed_figure_strength_12067c CHECK (strength IN ('strong', 'weak')),
CONSTRAINT ck_proposed_figure_pp_is_a_change CHECK (unit <> 'pp' OR (change_kind IS NOT NULL AND change_kind = 'percentage_points')),
CONSTRAINT ck_proposed_figure_low_not_above_high CHECK (CAST(low AS DOUBLE PRECISION) <= CAST(high AS DOUBLE PRECISION)),
CONSTRAINT ck_proposed_figure_number_positive CHECK (number >= 1),
CONSTRAINT ck_proposed_figure_period_has_source CHECK (period IS NULL OR period_source IS NOT NULL),
CONSTRAINT ck_proposed_figure_span CHECK (start >= 0 AND start < stop),
CONSTRAINT fk_proposed_figure_mention_id FOREIGN KEY(mention_id) REFERENCES quantity_mention (id),
CONSTRAINT fk_proposed_figure_period_mention_id FOREIGN KEY(period_mention_id) REFERENCES quantity_mention (id),
CONSTRAINT fk_proposed_figure_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
CONSTRAINT ck_proposed_figure_low_bounded CHECK (low IS NULL OR (length(low) <= 62 AND low NOT GLOB '*[^-0-9.]*' AND low GLOB '*[0-9]')),
CONSTRAINT ck_proposed_figure_high_bounded CHECK (high IS NULL OR (length(high) <= 62 AND high NOT GLOB '*[^-0-9.]*' AND high GLOB '*[0-9]')),
CONSTRAINT uq_proposed_figure_proposal_id_number UNIQUE (proposal_id, number)
);
CREATE TABLE provider_session (
session_id CHAR(36) NOT NULL,
identity_id CHAR(36) NOT NULL,
sid TEXT,
CONSTRAINT pk_provider_session PRIMARY KEY (session_id),
CONSTRAINT fk_provider_session_identity_id FOREIGN KEY(identity_id) REFERENCES account_identity (id) ON DELETE CASCADE,
CONSTRAINT fk_provider_session_session_id FOREIGN KEY(session_id) REFERENCES open_session (id) ON DELETE CASCADE
);
CREATE TABLE quantity_mention (
id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
start INTEGER NOT NULL,
stop INTEGER NOT NULL,
text TEXT NOT NULL,
kind TEXT NOT NULL,
low TEXT,
high TEXT,
unit TEXT,
comparator TEXT,
change_kind TEXT,
period TEXT,
rule TEXT NOT NULL,
reason TEXT,
reader_version TEXT NOT NULL,
dismissed_as TEXT,
dismissed_by TEXT,
dismissal_note TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_quantity_mention PRIMARY KEY (id),
CONSTRAINT ck_quantity_mention_change_kind_27ba14 CHECK (change_kind IN ('level', 'absolute', 'percent', 'percentage_points', 'times')),
CONSTRAINT ck_quantity_mention_comparator_04fba2 CHECK (comparator IN ('exactly', 'over', 'at_least', 'under', 'at_most', 'nearly', 'about', 'odd', 'range', 'multiple_of')),
CONSTRAINT ck_quantity_mention_dismissed_as_8507db CHECK (dismissed_as IN ('designation', 'product_name', 'publication_date', 'ordinal_wording', 'idiom', 'enumeration', 'disclaimer', 'other')),
CONSTRAINT ck_quantity_mention_value_or_reason CHECK (low IS NOT NULL OR high IS NOT NULL OR reason IS NOT NULL OR period IS NOT NULL),
CONSTRAINT ck_quantity_mention_span CHECK (start >= 0 AND start < stop),
CONSTRAINT fk_quantity_mention_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT uq_quantity_mention_version_id_start_stop UNIQUE (version_id, start, stop)
);
CREATE TABLE quota_use (
quota TEXT NOT NULL,
subject TEXT NOT NULL,
began_at CHAR(27) NOT NULL,
used INTEGER NOT NULL,
CONSTRAINT pk_quota_use PRIMARY KEY (quota, subject),
CONSTRAINT ck_quota_use_quota_28f0d4 CHECK (quota IN ('writes', 'notes', 'visitors', 'uploads', 'megabytes', 'captures', 'exports', 'reads'))
);
CREATE TABLE reading (
id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
reader_version TEXT NOT NULL,
extractor_version TEXT NOT NULL,
tables_sha256 TEXT NOT NULL,
language TEXT NOT NULL,
published TEXT,
read_to INTEGER NOT NULL,
finished_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_reading PRIMARY KEY (id),
CONSTRAINT ck_reading_tables_sha256_hex CHECK (length(tables_sha256) = 64),
CONSTRAINT ck_reading_number_positive CHECK (number >= 1),
CONSTRAINT ck_reading_read_to_positive CHECK (read_to >= 0),
CONSTRAINT fk_reading_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT uq_reading_version_id_number UNIQUE (version_id, number)
);
CREATE TABLE reading_difference (
id CHAR(36) NOT NULL,
reading_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
kind TEXT NOT NULL,
start INTEGER NOT NULL,
stop INTEGER NOT NULL,
was TEXT,
becomes TEXT,
held_by TEXT,
state TEXT NOT NULL,
decided_by TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_reading_difference PRIMARY KEY (id),
CONSTRAINT ck_reading_difference_decided_has_who CHECK ((state = 'open') = (decided_by IS NULL)),
CONSTRAINT ck_reading_difference_kind_d6bad5 CHECK (kind IN ('number_new', 'number_changed', 'number_vanished', 'proposal_new', 'proposal_changed', 'proposal_vanished')),
CONSTRAINT ck_reading_difference_state_f9ead8 CHECK (state IN ('open', 'taken', 'left')),
CONSTRAINT ck_reading_difference_number_positive CHECK (number >= 1),
CONSTRAINT ck_reading_difference_span CHECK (start >= 0 AND start < stop),
CONSTRAINT fk_reading_difference_reading_id FOREIGN KEY(reading_id) REFERENCES reading (id),
CONSTRAINT uq_reading_difference_reading_id_number UNIQUE (reading_id, number)
);
CREATE TABLE reconciliation (
id CHAR(36) NOT NULL,
figure_id CHAR(36) NOT NULL,
other_id CHAR(36) NOT NULL,
outcome TEXT NOT NULL,
note TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_reconciliation PRIMARY KEY (id),
CONSTRAINT ck_reconciliation_pair_in_order CHECK (figure_id < other_id),
CONSTRAINT ck_reconciliation_outcome_c725e9 CHECK (outcome IN ('contradiction', 'different_period', 'revision', 'different_definition')),
CONSTRAINT fk_reconciliation_figure_id FOREIGN KEY(figure_id) REFERENCES figure (id),
CONSTRAINT fk_reconciliation_other_id FOREIGN KEY(other_id) REFERENCES figure (id)
);
CREATE TABLE recovery_code (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
code_sha256 TEXT NOT NULL,
used_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_recovery_code PRIMARY KEY (id),
CONSTRAINT ck_recovery_code_code_sha256_hex CHECK (length(code_sha256) = 64),
CONSTRAINT fk_recovery_code_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_recovery_code_code_sha256 UNIQUE (code_sha256)
);
CREATE TABLE role_grant (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
role TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_role_grant PRIMARY KEY (id),
CONSTRAINT ck_role_grant_role_281979 CHECK (role IN ('reporter', 'checker', 'reviewer', 'approver', 'desk_lead', 'auditor', 'admin')),
CONSTRAINT fk_role_grant_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_role_grant_account_id_role UNIQUE (account_id, role)
);
CREATE TABLE saved_filter (
id CHAR(36) NOT NULL,
account_id CHAR(36) NOT NULL,
name TEXT NOT NULL,
"query" TEXT NOT NULL,
shared BOOLEAN NOT NULL,
first BOOLEAN NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_saved_filter PRIMARY KEY (id),
CONSTRAINT fk_saved_filter_account_id FOREIGN KEY(account_id) REFERENCES account (id),
CONSTRAINT uq_saved_filter_account_id_name UNIQUE (account_id, name)
);
CREATE TABLE search_entry (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, row_id TEXT NOT NULL, UNIQUE (kind, row_id));
CREATE TABLE search_state (one INTEGER PRIMARY KEY CHECK (one = 1), position BIGINT NOT NULL);
CREATE VIRTUAL TABLE search_words USING fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE 'search_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'search_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'search_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
CREATE TABLE 'search_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE sign_in_attempt (
id CHAR(36) NOT NULL,
pair_sha256 TEXT NOT NULL,
tried_at CHAR(27) NOT NULL,
gate TEXT DEFAULT 'sign_in' NOT NULL,
CONSTRAINT pk_sign_in_attempt PRIMARY KEY (id),
CONSTRAINT ck_sign_in_attempt_gate_ff1cc0 CHECK (gate IN ('sign_in', 'second_factor', 'confirm', 'link'))
);
CREATE TABLE sign_off (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
decision TEXT NOT NULL,
level INTEGER NOT NULL,
content_sha256 TEXT NOT NULL,
reason TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL, submission INTEGER DEFAULT '1' NOT NULL,
CONSTRAINT pk_sign_off PRIMARY KEY (id),
CONSTRAINT ck_sign_off_return_has_reason CHECK (decision = 'signed' OR reason IS NOT NULL),
CONSTRAINT ck_sign_off_decision_fd8f1d CHECK (decision IN ('signed', 'returned')),
CONSTRAINT ck_sign_off_sha256_hex CHECK (length(content_sha256) = 64),
CONSTRAINT ck_sign_off_level_range CHECK (level BETWEEN 1 AND 3),
CONSTRAINT fk_sign_off_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id)
);
CREATE TABLE snapshot (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
capture TEXT NOT NULL,
retrieved_at CHAR(27),
sha256 TEXT NOT NULL,
media_type TEXT NOT NULL,
size INTEGER NOT NULL,
file_name TEXT,
extracted_text TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL, places TEXT, remarks TEXT, working_sha256 TEXT CONSTRAINT ck_snapshot_working_sha256_hex CHECK (length(working_sha256) = 64), text_sha256 TEXT, final_url TEXT, http_headers TEXT, warc_sha256 TEXT, page_title TEXT, page_authors TEXT, page_publisher TEXT, page_published TEXT, page_language TEXT, http_status INTEGER,
CONSTRAINT pk_snapshot PRIMARY KEY (id),
CONSTRAINT ck_snapshot_capture_16a52b CHECK (capture IN ('upload', 'web', 'excerpt', 'typed')),
CONSTRAINT ck_snapshot_sha256_hex CHECK (length(sha256) = 64),
CONSTRAINT ck_snapshot_size_positive CHECK (size > 0),
CONSTRAINT fk_snapshot_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE TABLE snapshot_band (
band INTEGER NOT NULL,
snapshot_id CHAR(36) NOT NULL,
CONSTRAINT pk_snapshot_band PRIMARY KEY (band, snapshot_id),
CONSTRAINT fk_snapshot_band_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE CASCADE
);
CREATE TABLE snooze (
id CHAR(36) NOT NULL,
claim_id CHAR(36) NOT NULL,
until CHAR(27),
claim_version INTEGER NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
CONSTRAINT pk_snooze PRIMARY KEY (id),
CONSTRAINT fk_snooze_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id),
CONSTRAINT uq_snooze_created_by_claim_id UNIQUE (created_by, claim_id)
);
CREATE TABLE source (
id CHAR(36) NOT NULL,
"key" TEXT NOT NULL,
collection TEXT NOT NULL,
kind TEXT NOT NULL,
tier TEXT NOT NULL,
title TEXT,
title_basis TEXT,
authors TEXT,
publisher TEXT,
original_publisher TEXT,
url TEXT,
issued TEXT,
issued_basis TEXT,
language TEXT,
lineage TEXT NOT NULL,
derived_from_id CHAR(36),
derived_basis TEXT,
reliability TEXT,
credibility INTEGER,
confidential BOOLEAN NOT NULL,
note TEXT,
retrieval TEXT,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL, csl TEXT, merged_into_id CHAR(36) CONSTRAINT fk_source_merged_into_id REFERENCES source (id) CONSTRAINT ck_source_merged_not_self CHECK (merged_into_id IS NULL OR merged_into_id <> id),
CONSTRAINT pk_source PRIMARY KEY (id),
CONSTRAINT ck_source_kind_7fdbef CHECK (kind IN ('company_filing', 'company_statement', 'statistics_office', 'industry_statistics', 'market_research', 'market_research_relay', 'news_report', 'trade_press', 'press_release', 'academic', 'regulator', 'court', 'reference', 'blog', 'forum_post', 'aggregator', 'dataset', 'personal_communication', 'other')),
CONSTRAINT ck_source_lineage_cbcd6e CHECK (lineage IN ('original', 'reprint', 'unknown')),
CONSTRAINT ck_source_reliability_df0db5 CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
CONSTRAINT ck_source_tier_2eb5f4 CHECK (tier IN ('primary', 'established', 'trade', 'pointer')),
CONSTRAINT ck_source_credibility_admiralty CHECK (credibility BETWEEN 1 AND 6),
CONSTRAINT ck_source_derived_not_self CHECK (derived_from_id IS NULL OR derived_from_id <> id),
CONSTRAINT fk_source_derived_from_id FOREIGN KEY(derived_from_id) REFERENCES source (id),
CONSTRAINT uq_source_key UNIQUE ("key")
);
CREATE TABLE source_look (
source_id CHAR(36) NOT NULL,
url TEXT NOT NULL,
looks INTEGER NOT NULL,
looked_at CHAR(27),
answered_at CHAR(27),
next_at CHAR(27),
strikes INTEGER NOT NULL,
missed INTEGER NOT NULL,
etag TEXT,
last_modified TEXT,
asked_for TEXT,
compared TEXT,
CONSTRAINT pk_source_look PRIMARY KEY (source_id),
CONSTRAINT fk_source_look_source_id FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE
);
CREATE TABLE spent_proof (
key_sha256 TEXT NOT NULL,
spent_at CHAR(27) NOT NULL,
CONSTRAINT pk_spent_proof PRIMARY KEY (key_sha256)
);
CREATE TABLE triage_act (
id CHAR(36) NOT NULL,
version_id CHAR(36) NOT NULL,
number INTEGER NOT NULL,
kind TEXT NOT NULL,
about TEXT,
changes TEXT NOT NULL,
undone_by TEXT,
undone_at CHAR(27),
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_triage_act PRIMARY KEY (id),
CONSTRAINT ck_triage_act_kind_101bdc CHECK (kind IN ('accept', 'accept_all', 'reject', 'edit', 'merge', 'split', 'reopen', 'add', 'dismiss', 'reclaim', 'take_over', 'leave')),
CONSTRAINT ck_triage_act_undone_has_when CHECK ((undone_by IS NULL) = (undone_at IS NULL)),
CONSTRAINT ck_triage_act_number_positive CHECK (number >= 1),
CONSTRAINT fk_triage_act_version_id FOREIGN KEY(version_id) REFERENCES article_version (id),
CONSTRAINT uq_triage_act_version_id_number UNIQUE (version_id, number)
);
CREATE TABLE watch_wish (
id CHAR(36) NOT NULL,
source_id CHAR(36) NOT NULL,
every_days INTEGER,
reason TEXT NOT NULL,
set_by TEXT NOT NULL,
created_at CHAR(27) NOT NULL,
created_by TEXT NOT NULL,
version INTEGER NOT NULL,
CONSTRAINT pk_watch_wish PRIMARY KEY (id),
CONSTRAINT ck_watch_wish_days_in_year CHECK (every_days IS NULL OR every_days BETWEEN 1 AND 365),
CONSTRAINT ck_watch_wish_reason_given CHECK (length(reason) > 0),
CONSTRAINT fk_watch_wish_source_id FOREIGN KEY(source_id) REFERENCES source (id),
CONSTRAINT uq_watch_wish_source_id UNIQUE (source_id)
);
CREATE INDEX ix_account_identity_account_id ON account_identity (account_id);
CREATE INDEX ix_account_link_account_id ON account_link (account_id);
CREATE INDEX ix_answer_claim_id ON answer (claim_id);
CREATE INDEX ix_answer_invited_claim_id ON answer (invited_claim_id);
CREATE INDEX ix_api_token_account_id ON api_token (account_id);
CREATE INDEX ix_appendix_file_file_sha256 ON appendix_file (file_sha256);
CREATE INDEX ix_article_sign_off_article_id_id ON article_sign_off (article_id, id);
CREATE INDEX ix_article_sign_off_version_id ON article_sign_off (version_id);
CREATE INDEX ix_assessment_claim_id_id ON assessment (claim_id, id);
CREATE INDEX ix_assessment_figure_id ON assessment (figure_id);
CREATE INDEX ix_awaited_copy_attempt_id ON awaited_copy (attempt_id);
CREATE INDEX ix_capture_attempt_source_id ON capture_attempt (source_id);
CREATE INDEX ix_citation_claim_id ON citation (claim_id);
CREATE INDEX ix_citation_source_id ON citation (source_id);
CREATE INDEX ix_claim_anchor_version_id_start ON claim_anchor (version_id, start);
CREATE INDEX ix_claim_queue_article ON claim (article_id, id);
CREATE INDEX ix_claim_queue_assignee ON claim (assignee, id);
CREATE INDEX ix_claim_queue_stage ON claim (stage, id);
CREATE INDEX ix_claim_queue_status ON claim (verification_status, id);
CREATE INDEX ix_claim_submitted_by ON claim (submitted_by);
CREATE INDEX ix_claim_word_claim_id ON claim_word (claim_id);
CREATE INDEX ix_comment_claim_id ON comment (claim_id);
CREATE INDEX ix_contact_source_id ON contact (source_id);
CREATE INDEX ix_contest_open ON contest (outcome, id);
CREATE INDEX ix_duplicate_answer_other_id ON duplicate_answer (other_id);
CREATE INDEX ix_duplicate_answer_source_id ON duplicate_answer (source_id);
CREATE INDEX ix_evidence_snapshot_id ON evidence (snapshot_id);
CREATE INDEX ix_evidence_source_id ON evidence (source_id);
CREATE INDEX ix_evidence_target_figure_id ON evidence_target (figure_id);
CREATE INDEX ix_factor_account_id ON factor (account_id);
CREATE INDEX ix_failed_proof_account_id ON failed_proof (account_id);
CREATE INDEX ix_failed_proof_tried_at ON failed_proof (tried_at);
CREATE UNIQUE INDEX ix_figure_evidence_id ON figure (evidence_id);
CREATE INDEX ix_figure_mark_claim_id ON figure_mark (claim_id);
CREATE INDEX ix_figure_mark_figure_id ON figure_mark (figure_id);
CREATE INDEX ix_figure_mention_id ON figure (mention_id);
CREATE INDEX ix_figure_period_mention_id ON figure (period_mention_id);
CREATE INDEX ix_figure_relation_claim_id ON figure_relation (claim_id);
CREATE INDEX ix_figure_topic_topic ON figure_topic (topic);
CREATE INDEX ix_finding_claim_id ON finding (claim_id);
CREATE INDEX ix_finding_code ON finding (code);
CREATE INDEX ix_former_key_session_id ON former_key (session_id);
CREATE INDEX ix_invitation_article_id ON invitation (article_id);
CREATE INDEX ix_invitation_contest_id ON invitation (contest_id);
CREATE INDEX ix_invited_claim_claim_id ON invited_claim (claim_id);
CREATE INDEX ix_job_created_by_id ON job (created_by, id);
CREATE INDEX ix_job_state_run_after ON job (state, run_after);
CREATE INDEX ix_job_subject_table_subject_id ON job (subject_table, subject_id);
CREATE INDEX ix_ledger_event_actor ON ledger_event (actor, eid);
CREATE INDEX ix_ledger_event_at ON ledger_event (at, eid);
CREATE INDEX ix_ledger_event_kind ON ledger_event (kind, eid) WHERE kind <> 'row';
CREATE INDEX ix_ledger_event_removed ON ledger_event (tbl, eid) WHERE op = 'D';
CREATE INDEX ix_ledger_event_row ON ledger_event (tbl, pk, eid);
CREATE INDEX ix_likeness_answer_other_id ON likeness_answer (other_id);
CREATE INDEX ix_likeness_answer_source_id ON likeness_answer (source_id);
CREATE INDEX ix_need_to_know_reader ON need_to_know (reader);
CREATE INDEX ix_observation_evidence_id_id ON observation (evidence_id, id);
CREATE INDEX ix_open_session_account_id ON open_session (account_id);
CREATE INDEX ix_page_state_source_id_id ON page_state (source_id, id);
CREATE INDEX ix_presence_claim_id ON presence (claim_id);
CREATE UNIQUE INDEX ix_proposal_claim_id ON proposal (claim_id);
CREATE INDEX ix_proposal_reading_id ON proposal (reading_id);
CREATE INDEX ix_proposal_version_id_start ON proposal (version_id, start);
CREATE INDEX ix_proposed_figure_mention_id ON proposed_figure (mention_id);
CREATE INDEX ix_proposed_figure_period_mention_id ON proposed_figure (period_mention_id);
CREATE INDEX ix_provider_session_identity_id ON provider_session (identity_id);
CREATE INDEX ix_quota_use_began_at ON quota_use (began_at);
CREATE INDEX ix_reconciliation_figure_id ON reconciliation (figure_id);
CREATE INDEX ix_reconciliation_other_id ON reconciliation (other_id);
CREATE INDEX ix_recovery_code_account_id ON recovery_code (account_id);
CREATE INDEX ix_sign_in_attempt_pair_sha256 ON sign_in_attempt (pair_sha256);
CREATE INDEX ix_sign_in_attempt_tried_at ON sign_in_attempt (tried_at);
CREATE INDEX ix_sign_off_created_by ON sign_off (created_by);
CREATE INDEX ix_snapshot_band_snapshot_id ON snapshot_band (snapshot_id);
CREATE INDEX ix_snapshot_sha256 ON snapshot (sha256);
CREATE INDEX ix_snapshot_source_id ON snapshot (source_id);
CREATE INDEX ix_snooze_claim_id ON snooze (claim_id);
CREATE INDEX ix_source_derived_from_id ON source (derived_from_id);
CREATE INDEX ix_source_merged_into_id ON source (merged_into_id);
CREATE INDEX ix_source_publisher ON source (publisher);
CREATE INDEX ix_source_url ON source (url);
CREATE INDEX ix_spent_proof_spent_at ON spent_proof (spent_at);
CREATE UNIQUE INDEX uq_job_key_unfinished ON job ("key") WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX uq_need_to_know_standing ON need_to_know (source_id, reader) WHERE revoked_by IS NULL;
CREATE UNIQUE INDEX uq_saved_filter_first ON saved_filter (account_id) WHERE first;
CREATE UNIQUE INDEX uq_sign_off_one_level_each ON sign_off (claim_id, submission, content_sha256, created_by, decision);
