import { Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { text } from './act-fields.tsx'
import type { Detail } from './shown.ts'

type Proposal = Detail['bulletins'][number]

/** What colleagues proposed to tell everybody and nobody has decided on: for whoever may tell everybody to decide, in their own words where they like. */
export function BulletinProposals({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const [chosen, setChosen] = useState<Proposal | null>(null)
  const waiting = found.bulletins.filter(({ decided }) => decided === null)
  return (
    <section aria-label={t('bulletin.proposed')}>
      <h3>{t('bulletin.proposed')}</h3>
      <ul className="plain-list">
        {waiting.map((one) => (
          <li key={one.id}>
            <b>{one.title}</b>{' '}
            <small className="muted">{t('bulletin.by', { name: people.nameOf(one.by), at: format.instant(one.at) })}</small>
            <div className="case-text">{one.body}</div>
            {may('knowledge.write') && may('cases.write') ? (
              <Button size="small" aria-label={`${t('bulletin.decide')}: ${one.title}`} onClick={() => setChosen(one)}>
                {t('bulletin.decide')}
              </Button>
            ) : (
              <span className="muted">{t('bulletin.waits')}</span>
            )}
          </li>
        ))}
      </ul>
      {chosen && <Decide found={found} proposal={chosen} close={() => setChosen(null)} />}
    </section>
  )
}

interface Values {
  readonly tell: boolean
  readonly title: string
  readonly body: string
  readonly note: string | null
}

function Decide({ found, proposal, close }: { readonly found: Detail; readonly proposal: Proposal; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const decide = useWrite(casesApi.decideBulletin, {
    onDone: () => {
      notice.done(t('bulletin.decided'))
      close()
    },
    alsoChanges: ['commitments', 'knowledge'],
  })
  const fields: readonly Field<Values>[] = [
    { name: 'title', kind: 'text', label: t('guide.bulletinTitle'), maxLength: 200, required: true },
    { name: 'body', kind: 'area', label: t('guide.bulletinBody'), help: t('bulletin.lead'), rows: 5, maxLength: 10_000, required: true },
    { name: 'tell', kind: 'yes', label: t('bulletin.tell'), help: t('bulletin.tellHelp') },
    { name: 'note', kind: 'area', label: t('said.note'), rows: 2, maxLength: 2000 },
  ]
  return (
    <Dialog title={t('bulletin.proposed')} onClose={close} wide>
      <Form<Values>
        fields={fields}
        initial={{ tell: true, title: proposal.title, body: proposal.body }}
        onSubmit={({ tell, title, body, note }) =>
          decide.send({
            caseId: found.id,
            version: found.version,
            proposalId: proposal.id,
            bulletin: tell ? { title, body } : null,
            note: text(note),
          })
        }
        problem={decide.problem}
        pending={decide.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
