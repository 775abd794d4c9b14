import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useToday } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { askAction, rootAction } from '../domain/guide.ts'
import { BulletinProposals } from './bulletin-proposals.tsx'
import { Conduct, GuideList } from './guide-list.tsx'
import type { Detail } from './shown.ts'
import './desk.css'

/** On a case's page: the six actions, and how we deal with people. */
export function GuidePanel({ caseId }: { readonly caseId: string }) {
  const found = useRead(casesApi.one, { caseId })
  return <Loaded of={found}>{(one) => <Guide found={one} />}</Loaded>
}

interface Leading {
  readonly askOn: string | null
  readonly cause: string | null
  readonly title: string | null
  readonly body: string | null
}

function Guide({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const today = useToday()
  const [leading, setLeading] = useState<string | null>(null)
  const tick = useWrite(casesApi.followGuide, {
    onDone: () => {
      setLeading(null)
      notice.done(t('guide.ticked'))
    },
    alsoChanges: ['commitments', 'knowledge'],
  })
  const on = { caseId: found.id, version: found.version }
  const start = (action: string) => {
    if (action === askAction || action === rootAction) setLeading(action)
    else void tick.send({ ...on, action }).catch(notice.refused)
  }
  const asks: readonly Field<Leading>[] = [{ name: 'askOn', kind: 'day', label: t('guide.askOn'), help: t('guide.askAbout'), min: today }]
  const roots: readonly Field<Leading>[] = [
    { name: 'cause', kind: 'area', label: t('guide.cause'), help: t('guide.causeAbout'), required: true, rows: 2, maxLength: 2000 },
    { name: 'title', kind: 'text', label: t('guide.bulletinTitle'), maxLength: 200 },
    { name: 'body', kind: 'area', label: t('guide.bulletinBody'), help: t('guide.bulletinAbout'), rows: 3, maxLength: 10_000 },
  ]
  const send = ({ askOn, cause, title, body }: Leading) =>
    leading === askAction
      ? tick.send({ ...on, action: askAction, ...(askOn ? { askOn } : {}) })
      : tick.send({
          ...on,
          action: rootAction,
          root: { cause: cause ?? '', bulletin: title || body ? { title: title ?? '', body: body ?? '' } : null },
        })
  return (
    <>
      <GuideList done={found.guide} pending={tick.pending} onTick={found.may.includes('guide-followed') ? start : null} />
      {found.bulletins.some(({ decided }) => decided === null) && <BulletinProposals found={found} />}
      {leading === null && (
        <details>
          <summary>{t('conduct.title')}</summary>
          <Conduct />
        </details>
      )}
      {leading !== null && (
        <Dialog title={t('guide.title')} onClose={() => setLeading(null)}>
          {leading === rootAction && !may('knowledge.write') && <p className="muted">{t('guide.bulletinOthers')}</p>}
          <Form<Leading>
            fields={leading === askAction ? asks : roots}
            initial={{}}
            onSubmit={send}
            problem={tick.problem}
            pending={tick.pending}
            submit={ui('save')}
            cancel={() => setLeading(null)}
          />
        </Dialog>
      )}
    </>
  )
}
