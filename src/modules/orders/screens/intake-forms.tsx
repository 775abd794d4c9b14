import { Modal } from 'antd'
import { useState } from 'react'
import { type Field, Form } from '#ui/form.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { intakeApi as api } from '../api/intake.ts'
import { type IntakeForm, type IntakeSignature, intakeForms, intakeSignatures } from '../domain/intake/forms.ts'
import type { Intake } from './intake-page.tsx'

interface Values {
  readonly name: string
  readonly source: string
  readonly form: IntakeForm
  readonly signature: IntakeSignature
  readonly secret?: string
}

/** How each kind of shop signs, unless one says otherwise. */
const usual: Readonly<Record<IntakeForm, IntakeSignature>> = { patron: 'standard', shopify: 'shopify', woocommerce: 'woocommerce' }

export function AddIntake({ close, onSecret }: { close: () => void; onSecret: (secret: string | null) => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const [begun, setBegun] = useState<Pick<Values, 'form'> & Partial<Values>>({ form: 'shopify', signature: usual.shopify })
  const { form } = begun
  const add = useWrite(api.addIntake, { onDone: ({ secret }) => onSecret(secret) })
  return (
    <Modal open title={t('intake.add')} onCancel={close} footer={null} destroyOnHidden>
      <Form<Values>
        key={form}
        fields={[
          {
            name: 'form',
            kind: 'choice',
            label: t('intake.form'),
            required: true,
            options: intakeForms.map((value) => ({ value, label: t(`intake.forms.${value}`) })),
          },
          { name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'off', maxLength: 120 },
          {
            name: 'source',
            kind: 'text',
            label: t('field.source'),
            help: t('intake.sourceHelp'),
            required: true,
            autoComplete: 'off',
            maxLength: 60,
          },
          {
            name: 'signature',
            kind: 'choice',
            label: t('intake.signature'),
            required: true,
            options: intakeSignatures.map((value) => ({ value, label: t(`intake.signatures.${value}`) })),
          },
          secretField(t, form),
        ]}
        initial={begun}
        // Another kind of shop signs otherwise; what was typed stays.
        onChange={(values) => values.form !== form && setBegun({ ...values, signature: usual[values.form] })}
        onSubmit={({ secret, ...values }) => add.send({ ...values, ...(secret ? { secret } : {}) })}
        problem={add.problem}
        pending={add.pending}
        submit={ui('add')}
        cancel={close}
      />
    </Modal>
  )
}

export function RenameIntake({ intake, close }: { intake: Intake; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const change = useWrite(api.changeIntake, { onDone: close })
  return (
    <Modal open title={t('intake.action.rename')} onCancel={close} footer={null} destroyOnHidden>
      <Form<{ name: string }>
        fields={[{ name: 'name', kind: 'text', label: t('field.name'), required: true, autoComplete: 'off', maxLength: 120 }]}
        initial={{ name: intake.name }}
        onSubmit={({ name }) => change.send({ id: intake.id, version: intake.version, name })}
        problem={change.problem}
        pending={change.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Modal>
  )
}

export function ChangeSecret(props: { intake: Intake; close: () => void; onSecret: (secret: string | null) => void }) {
  const { intake, close, onSecret } = props
  const t = useWords('orders')
  const ui = useWords('ui')
  const replace = useWrite(api.replaceIntakeSecret, { onDone: ({ secret }) => onSecret(secret) })
  return (
    <Modal open title={t('intake.newSecretTitle', { name: intake.name })} onCancel={close} footer={null} destroyOnHidden>
      <p>{t('intake.newSecretText')}</p>
      <Form<{ secret?: string }>
        fields={[secretField(t, intake.form)]}
        initial={{}}
        onSubmit={({ secret }) => replace.send({ id: intake.id, ...(secret ? { secret } : {}) })}
        problem={replace.problem}
        pending={replace.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Modal>
  )
}

const secretField = (t: (key: string) => string, form: IntakeForm): Field<{ secret?: string }> & Field<Values> => ({
  name: 'secret',
  kind: 'password',
  label: t('intake.ownSecret'),
  help: t(`intake.ownSecretHelp.${form}`),
  autoComplete: 'new-password',
  maxLength: 500,
})
