-- What somebody likes best is one of a few channels, so that it can be followed. Free words that name one become it; others move into the note.
update customers.customer set extended = jsonb_set(extended, '{preferredChannel}', to_jsonb(case
    when extended->>'preferredChannel' ~* '(sms|text|短信|簡訊|short message)' then 'message'
    when extended->>'preferredChannel' ~* '(mail|邮件|郵件|邮箱|電郵)' then 'email'
    when extended->>'preferredChannel' ~* '(phone|call|电话|電話|手机|手機)' then 'phone'
    when extended->>'preferredChannel' ~* '(chat|line|whatsapp|微信|messenger|聊天)' then 'chat'
    when extended->>'preferredChannel' ~* '(letter|post|card|信件|邮寄|郵寄|卡片)' then 'letter'
    when extended->>'preferredChannel' ~* '(visit|拜访|拜訪|上门|上門)' then 'visit'
    else extended->>'preferredChannel' end))
  where extended ? 'preferredChannel';
update customers.customer set note = concat_ws(E'\n', note, extended->>'preferredChannel'), extended = extended - 'preferredChannel'
  where extended ? 'preferredChannel' and extended->>'preferredChannel' not in ('phone', 'email', 'message', 'chat', 'letter', 'visit');

-- Two who change what is known of the same person or competitor at once see each other.
alter table customers.key_person add column version int not null default 1;
alter table customers.used_competitor add column version int not null default 1;
