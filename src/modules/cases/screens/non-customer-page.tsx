import { useNavigate } from 'react-router'
import type { InputOf } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { Page, Section } from '#ui/page.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { channels } from '../domain/taxonomy.ts'
import { choices, type Typed, text } from './act-fields.tsx'
import { goodsFields, goodsOf } from './goods-fields.ts'
import './cases.css'

/** Helps somebody who bought elsewhere: they become a prospect, and what they bring back is claimed of its maker (K-05). */
export function NonCustomerPage() {
  const t = useWords('cases')
  const navigate = useNavigate()
  const serve = useWrite(casesApi.serveNonCustomer, { onDone: ({ id }) => navigate(`/cases/${id}`, { replace: true }) })
  return (
    <Page title={t('nonCustomer.title')} about={t('nonCustomer.about')} width="reading">
      <Section title={t('nonCustomer.who')}>
        <Form<Typed>
          columns={2}
          fields={[
            { name: 'name', kind: 'text', label: t('nonCustomer.name'), required: true, maxLength: 120, wide: true },
            { name: 'email', kind: 'email', label: t('nonCustomer.email'), maxLength: 200 },
            { name: 'phone', kind: 'phone', label: t('nonCustomer.phone'), help: t('nonCustomer.reachHelp'), maxLength: 40 },
            { name: 'subject', kind: 'text', label: t('field.subject'), required: true, maxLength: 200, wide: true },
            { name: 'description', kind: 'area', label: t('field.details'), required: true, rows: 4, wide: true },
            { name: 'channel', kind: 'choice', label: t('field.channel'), required: true, options: choices(t, channels, 'channel') },
            ...goodsFields(t, false).map((field) => (field.name === 'item' ? { ...field, help: t('goods.itemHelp') } : field)),
          ]}
          initial={{ channel: 'store' }}
          onSubmit={(typed) =>
            serve.send({
              name: String(typed.name),
              email: text(typed.email),
              phone: text(typed.phone),
              language: null,
              subject: String(typed.subject),
              description: String(typed.description),
              channel: typed.channel,
              goods: text(typed.item) === null ? null : goodsOf(typed),
            } as InputOf<typeof casesApi.serveNonCustomer>)
          }
          problem={serve.problem}
          pending={serve.pending}
          submit={t('form.record')}
          cancel={() => navigate(-1)}
        />
      </Section>
    </Page>
  )
}
