import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Panel } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { Prose } from './prose.tsx'
import { Readers } from './readers.tsx'
import { useShown } from './shown-texts.ts'
import { Tags } from './tags.tsx'

type Bulletin = ResultOf<typeof knowledgeApi.bulletin>

/** One bulletin, with the receipt that one has read it. */
export function BulletinPage() {
  const t = useWords('knowledge')
  const { id = '' } = useParams()
  const shown = useShown()
  const { may } = useSession()
  const bulletin = useRead(knowledgeApi.bulletin, { bulletinId: id })
  return (
    <Page
      title={bulletin.data ? shown(bulletin.data.title) : t('nav.bulletins')}
      width="reading"
      about={bulletin.data && <About bulletin={bulletin.data} />}
      actions={may('knowledge.write') && bulletin.data && bulletin.data.withdrawnAt === null && <Withdraw bulletin={bulletin.data} />}
    >
      <Loaded of={bulletin}>
        {(found) => (
          <>
            {found.withdrawnAt !== null && <Alert className="said" type="warning" showIcon title={t('bulletin.withdrawn')} />}
            <Panel>
              <Prose text={shown(found.body)} />
            </Panel>
            {found.withdrawnAt === null && <Receipt bulletin={found} />}
            {may('knowledge.train') && <BulletinReaders id={found.id} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function About({ bulletin: { kind, tags, publishedAt, publishedBy } }: { bulletin: Bulletin }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const { nameOf } = usePeople()
  return (
    <span className="row">
      <Tag>{t(`bulletinKind.${kind}`)}</Tag>
      <Tags tags={tags} />
      {t('bulletin.by', { at: format.instant(publishedAt), name: nameOf(publishedBy) })}
    </span>
  )
}

function Receipt({ bulletin: { id, readAt } }: { bulletin: Bulletin }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const notice = useNotice()
  const read = useWrite(knowledgeApi.readBulletin)
  if (readAt !== null) return <p className="muted">{t('bulletin.readAt', { at: format.instant(readAt) })}</p>
  return (
    <div>
      <Button type="primary" loading={read.pending} onClick={() => void read.send({ bulletinId: id }).catch(notice.refused)}>
        {t('bulletin.read')}
      </Button>
    </div>
  )
}

function Withdraw({ bulletin: { id, version } }: { bulletin: Bulletin }) {
  const t = useWords('knowledge')
  const confirm = useConfirm()
  const withdraw = useWrite(knowledgeApi.withdrawBulletin)
  return (
    <Button
      onClick={() =>
        confirm({ title: t('bulletin.withdrawAsk'), verb: t('article.withdraw') }, () => withdraw.send({ bulletinId: id, version }))
      }
    >
      {t('article.withdraw')}
    </Button>
  )
}

function BulletinReaders({ id }: { id: string }) {
  const t = useWords('knowledge')
  const [done, setDone] = useState(false)
  const pages = usePages(knowledgeApi.bulletinReaders, { bulletinId: id, done })
  return (
    <Readers
      title={t('readers.read')}
      done={done}
      setDone={setDone}
      pages={pages}
      people={pages.items.map(({ userId, name, readAt }) => ({ userId, name, at: readAt }))}
    />
  )
}
