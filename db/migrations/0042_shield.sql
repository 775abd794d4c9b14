-- A private link stands in no row that somebody reads: the words of a mail have a placeholder, and the link itself lies sealed beside them until the mail is gone.
alter table platform.mail_out add column sealed_link bytea;
-- A link that was shown to whoever typed something into a form, and that proves nothing of who they are: by it one sees where it stands and one's own words.
alter table platform.private_link add column narrow boolean not null default false;
-- What the company's own mail server found about who sent a mail.
alter table cases.mail add column verdicts jsonb;
-- So many mails that begin something new one mailbox hands on within an hour.
alter table platform.mailbox add column hourly_limit int not null default 600;
create index mail_in_by_mailbox on platform.mail_in (mailbox_id, taken_in_at);
create index mail_in_by_thread on platform.mail_in (thread_id, taken_in_at) where thread_id is not null;

-- What was written before.
update cases.mail set body = regexp_replace(body, '(/p/[a-z-]+/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', '\1…', 'g'), html = regexp_replace(html, '(/p/[a-z-]+/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', '\1…', 'g') where body ~ '/p/[a-z-]+/[A-Za-z0-9_-]{43}' or html ~ '/p/[a-z-]+/[A-Za-z0-9_-]{43}';
update cases.message set body = regexp_replace(body, '(/p/[a-z-]+/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', '\1…', 'g') where body ~ '/p/[a-z-]+/[A-Za-z0-9_-]{43}';
update platform.mail_in set body = regexp_replace(body, '(/p/[a-z-]+/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', '\1…', 'g'), html = regexp_replace(html, '(/p/[a-z-]+/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', '\1…', 'g') where body ~ '/p/[a-z-]+/[A-Za-z0-9_-]{43}' or html ~ '/p/[a-z-]+/[A-Za-z0-9_-]{43}';
update platform.mail_out set body = regexp_replace(body, '(/p/[a-z-]+/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', '\1…', 'g') where state <> 'queued' and body ~ '/p/[a-z-]+/[A-Za-z0-9_-]{43}';
