import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { languages, useWords } from '#ui/words.ts'
import { mailboxApi as api } from '../api.ts'
import type { Mailbox } from './mailboxes-page.tsx'

type Language = keyof Mailbox['signatures']
const signatureLanguages = Object.keys(languages) as Language[]

interface Values
  extends Omit<
    Mailbox,
    'signatures' | 'id' | 'version' | 'createdAt' | 'disabledAt' | 'lookedAt' | 'failingSince' | 'problem' | 'problemDetail'
  > {
  /** Only where one is typed. */
  readonly secret?: string
  readonly 'signature-en'?: string
  readonly 'signature-zh-CN'?: string
  readonly 'signature-zh-TW'?: string
}

const ports = { tls: 993, starttls: 143, plain: 143 } as const

const beginning: Partial<Values> = {
  ...{ port: 993, security: 'tls', ownNetwork: false, folder: 'INBOX', afterTaking: 'seen', fromStart: false, plusAddresses: false },
  ...{ limitMegabytes: 25, hourlyLimit: 600, keptDays: 90 },
}

/** A new mailbox, or another way to one that is there. */
export function MailboxForm({ mailbox, close }: { mailbox: Mailbox | null; close: () => void }) {
  const t = useWords('mailbox')
  const ui = useWords('ui')
  const add = useWrite(api.add, { onDone: close })
  const change = useWrite(api.change, { onDone: close })
  const [afterTaking, setAfterTaking] = useState(mailbox?.afterTaking ?? 'seen')
  const submit = ({ secret = '', ...values }: Values) => {
    const texts = (language: Language) => values[`signature-${language}`]?.trim() ?? ''
    const { 'signature-en': _, 'signature-zh-CN': _s, 'signature-zh-TW': _t, ...rest } = values
    const whole = {
      ...rest,
      ...{
        moveTo: values.afterTaking === 'move' ? values.moveTo || null : null,
        authServer: values.authServer || null,
        fromName: values.fromName ?? '',
      },
      ...{ fromStart: mailbox?.fromStart ?? values.fromStart ?? false },
      signatures: { en: texts('en'), 'zh-CN': texts('zh-CN'), 'zh-TW': texts('zh-TW') },
    }
    return mailbox
      ? change.send({ ...whole, id: mailbox.id, version: mailbox.version, secret: secret === '' ? null : secret })
      : add.send({ ...whole, secret })
  }
  const choice = <K extends string>(name: string, values: readonly K[]) => values.map((value) => ({ value, label: t(`${name}.${value}`) }))
  const fields: Field<Values>[] = [
    { name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'off', maxLength: 120 },
    { name: 'address', kind: 'email', label: t('field.address'), required: true, autoComplete: 'off', placeholder: 'care@example.com' },
    {
      name: 'host',
      kind: 'text',
      label: t('field.host'),
      required: true,
      autoComplete: 'off',
      maxLength: 253,
      placeholder: 'imap.example.com',
    },
    {
      name: 'security',
      kind: 'choice',
      label: t('field.security'),
      required: true,
      options: choice('security', ['tls', 'starttls', 'plain']),
    },
    { name: 'port', kind: 'number', label: t('field.port'), required: true, min: 1, max: 65_535, help: t('field.portHelp', ports) },
    { name: 'ownNetwork', kind: 'yes', label: t('field.ownNetwork'), help: t('field.ownNetworkHelp') },
    { name: 'username', kind: 'text', label: t('field.username'), required: true, autoComplete: 'off', maxLength: 320 },
    {
      name: 'secret',
      kind: 'password',
      label: t('field.secret'),
      required: mailbox === null,
      autoComplete: 'new-password',
      maxLength: 1000,
      ...(mailbox ? { help: t('field.secretThere') } : {}),
    },
    { name: 'folder', kind: 'text', label: t('field.folder'), required: true, maxLength: 500 },
    {
      name: 'afterTaking',
      kind: 'choice',
      label: t('field.afterTaking'),
      required: true,
      options: choice('afterTaking', ['seen', 'move', 'delete']),
    },
    ...(afterTaking === 'move'
      ? [{ name: 'moveTo' as const, kind: 'text' as const, label: t('field.moveTo'), required: true, maxLength: 500 }]
      : []),
    ...(mailbox ? [] : [{ name: 'fromStart' as const, kind: 'yes' as const, label: t('field.fromStart'), help: t('field.fromStartHelp') }]),
    { name: 'fromName', kind: 'text', label: t('field.fromName'), help: t('field.fromNameHelp'), maxLength: 120 },
    { name: 'plusAddresses', kind: 'yes', label: t('field.plusAddresses'), help: t('field.plusAddressesHelp') },
    {
      name: 'authServer',
      kind: 'text',
      label: t('field.authServer'),
      help: t('field.authServerHelp'),
      maxLength: 253,
      placeholder: 'mx.example.com',
    },
    { name: 'limitMegabytes', kind: 'number', label: t('field.limitMegabytes'), unit: 'MB', required: true, min: 1, max: 100 },
    {
      name: 'hourlyLimit',
      kind: 'number',
      label: t('field.hourlyLimit'),
      help: t('field.hourlyLimitHelp'),
      required: true,
      min: 1,
      max: 100_000,
    },
    {
      name: 'keptDays',
      kind: 'number',
      label: t('field.keptDays'),
      help: t('field.keptDaysHelp'),
      unit: t('field.days'),
      required: true,
      min: 1,
      max: 3650,
    },
    ...signatureLanguages.map((language) => ({
      name: `signature-${language}` as const,
      kind: 'area' as const,
      label: t('field.signature', { language: languages[language] }),
      rows: 3,
      maxLength: 2000,
      wide: true,
    })),
  ]
  return (
    <Dialog wide title={t(mailbox ? 'action.change' : 'add')} onClose={close}>
      <Form<Values>
        columns={2}
        fields={fields}
        initial={mailbox ? { ...valuesOf(mailbox) } : beginning}
        onSubmit={submit}
        onChange={(values) => setAfterTaking(values.afterTaking)}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={ui(mailbox ? 'save' : 'add')}
        cancel={close}
      />
    </Dialog>
  )
}

function valuesOf({ signatures, ...mailbox }: Mailbox): Partial<Values> {
  const {
    id: _,
    version: _v,
    createdAt: _c,
    disabledAt: _d,
    lookedAt: _l,
    failingSince: _f,
    problem: _p,
    problemDetail: _pd,
    ...values
  } = mailbox
  return { ...values, 'signature-en': signatures.en, 'signature-zh-CN': signatures['zh-CN'], 'signature-zh-TW': signatures['zh-TW'] }
}
