import { HeartOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loading, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import './knowledge.css'

/** What colleagues thank each other for (N-10). */
export function Recognitions() {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const confirm = useConfirm()
  const { user, may } = useSession()
  const [thanking, setThanking] = useState(false)
  const pages = usePages(knowledgeApi.recognitions, { limit: 10 })
  const remove = useWrite(knowledgeApi.removeRecognition)
  return (
    <Section
      title={t('thanks.title')}
      about={t('thanks.about')}
      actions={
        <Button icon={<HeartOutlined />} onClick={() => setThanking(true)}>
          {t('thanks.give')}
        </Button>
      }
    >
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading lines={2} />}
      {!pages.isPending && pages.items.length === 0 && <p className="muted">{t('thanks.none')}</p>}
      <ul className="knowledge-news">
        {pages.items.map(({ id, userId, text, givenBy, givenAt }) => (
          <li key={id}>
            <span className="knowledge-lines">
              <b>{people.nameOf(userId)}</b> {text}
            </span>
            <span className="row muted">
              {t('training.thanks', { name: people.nameOf(givenBy), at: format.instant(givenAt) })}
              {(givenBy === user.id || may('knowledge.train')) && (
                <Button
                  size="small"
                  aria-label={t('form.delete', { name: people.nameOf(userId) })}
                  onClick={() => confirm({ title: t('thanks.removeAsk'), verb: ui('delete') }, () => remove.send({ recognitionId: id }))}
                >
                  {ui('delete')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
      {thanking && (
        <Dialog title={t('thanks.give')} onClose={() => setThanking(false)}>
          <Thank close={() => setThanking(false)} />
        </Dialog>
      )}
    </Section>
  )
}

function Thank({ close }: { close: () => void }) {
  const t = useWords('knowledge')
  const notice = useNotice()
  const { user } = useSession()
  const recognize = useWrite(knowledgeApi.recognize, {
    onDone: () => {
      notice.done(t('thanks.done'))
      close()
    },
  })
  return (
    <Form<{ userId: string; text: string }>
      fields={[
        { name: 'userId', kind: 'people', label: t('thanks.whom'), required: true, except: user.id },
        { name: 'text', kind: 'area', rows: 3, label: t('thanks.what'), help: t('thanks.whatHelp'), required: true, maxLength: 1000 },
      ]}
      initial={{}}
      onSubmit={(values) => recognize.send(values)}
      problem={recognize.problem}
      pending={recognize.pending}
      submit={t('thanks.say')}
      cancel={close}
    />
  )
}
