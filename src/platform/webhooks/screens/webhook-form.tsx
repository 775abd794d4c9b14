import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { webhooksApi as api } from '../api.ts'
import type { Webhook } from './webhooks-page.tsx'

interface Values {
  readonly name: string
  readonly url: string
  readonly facts: string[]
  readonly ownNetwork: boolean
}

/** A new system, or another address or choice for one that is there. */
export function WebhookForm(props: {
  webhook: Webhook | null
  facts: readonly string[]
  close: () => void
  onSecret: (secret: string) => void
}) {
  const { webhook, facts, close, onSecret } = props
  const t = useWords('webhooks')
  const ui = useWords('ui')
  const add = useWrite(api.add, { onDone: ({ secret }) => onSecret(secret) })
  const change = useWrite(api.change, { onDone: close })
  const submit = (values: Values) => (webhook ? change.send({ ...values, id: webhook.id, version: webhook.version }) : add.send(values))
  const initial = webhook
    ? { name: webhook.name, url: webhook.url, facts: [...webhook.facts], ownNetwork: webhook.ownNetwork }
    : { facts: [], ownNetwork: false }
  return (
    <Dialog title={t(webhook ? 'action.change' : 'add')} onClose={close}>
      <Form<Values>
        fields={[
          { name: 'name', kind: 'text', label: t('column.name'), required: true, autoComplete: 'off', maxLength: 120 },
          {
            name: 'url',
            kind: 'url',
            label: t('column.url'),
            required: true,
            autoComplete: 'off',
            maxLength: 2000,
            placeholder: 'https://example.com/hooks/patron',
          },
          {
            name: 'facts',
            kind: 'choice',
            several: true,
            search: true,
            required: true,
            label: t('column.facts'),
            help: t('factsHelp'),
            options: facts.map((value) => ({ value, label: value })),
          },
          { name: 'ownNetwork', kind: 'yes', label: t('ownNetwork'), help: t('ownNetworkHelp') },
        ]}
        initial={initial}
        onSubmit={submit}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={ui(webhook ? 'save' : 'add')}
        cancel={close}
      />
    </Dialog>
  )
}
