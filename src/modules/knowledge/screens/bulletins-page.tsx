import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loading, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type BulletinKind, bulletinKinds } from '../domain/bulletin.ts'
import { emptyTexts, type Texts } from '../domain/texts.ts'
import { InLanguages, TextsInput } from './in-language.tsx'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

type Bulletin = ResultOf<typeof knowledgeApi.bulletins>['items'][number]

/** What the whole company should know: lessons, what came back, what customers said and what we did (G-30). */
export function BulletinsPage() {
  const t = useWords('knowledge')
  const ui = useWords('ui')
  const { may } = useSession()
  const [unread, setUnread] = useState(false)
  const [kind, setKind] = useState<BulletinKind | null>(null)
  const [writing, setWriting] = useState(false)
  const pages = usePages(knowledgeApi.bulletins, { ...(unread ? { unread } : {}), ...(kind ? { kind } : {}) })
  const write = may('knowledge.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setWriting(true)}>
      {t('bulletin.new')}
    </Button>
  )
  return (
    <Page title={t('nav.bulletins')} about={t('bulletin.about')} width="reading" actions={write}>
      <div className="knowledge-tools">
        <Segmented<'all' | 'unread'>
          aria-label={t('bulletin.which')}
          value={unread ? 'unread' : 'all'}
          onChange={(chosen) => setUnread(chosen === 'unread')}
          options={[
            { value: 'all', label: t('bulletin.all') },
            { value: 'unread', label: t('bulletin.unread') },
          ]}
        />
        <Select
          className="knowledge-filter"
          allowClear={{ label: ui('clear') }}
          placeholder={t('bulletin.kind')}
          aria-label={t('bulletin.kind')}
          value={kind}
          options={bulletinKinds.map((value) => ({ value, label: t(`bulletinKind.${value}`) }))}
          onChange={(value) => setKind(value ?? null)}
        />
      </div>
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading />}
      {!pages.isPending && !pages.problem && pages.items.length === 0 && (
        <Empty title={t(unread ? 'bulletin.allRead' : 'bulletin.none')} action={!unread && write}>
          {t(unread ? 'bulletin.allReadHelp' : 'bulletin.noneHelp')}
        </Empty>
      )}
      {pages.items.length > 0 && (
        <Section title={t('bulletin.list')}>
          <BulletinList bulletins={pages.items} />
        </Section>
      )}
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
      {writing && (
        <Dialog title={t('bulletin.new')} onClose={() => setWriting(false)} wide>
          <Write close={() => setWriting(false)} />
        </Dialog>
      )}
    </Page>
  )
}

/** Bulletins by their titles, those that one has yet to read in bold. */
export function BulletinList({ bulletins }: { bulletins: readonly Bulletin[] }) {
  const t = useWords('knowledge')
  const format = useFormat()
  const shown = useShown()
  return (
    <ul className="knowledge-news">
      {bulletins.map(({ id, kind, title, publishedAt, readAt }) => (
        <li key={id}>
          <Link to={`/bulletins/${id}`} className={readAt === null ? 'knowledge-unread' : undefined}>
            {shown(title)}
          </Link>
          <span className="row muted">
            <Tag>{t(`bulletinKind.${kind}`)}</Tag>
            {format.instant(publishedAt)}
            {readAt === null && <span>{t('bulletin.notRead')}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

interface Values {
  readonly kind: BulletinKind
  readonly title: Texts
  readonly body: Texts
  readonly tags: readonly string[]
}

function Write({ close }: { close: () => void }) {
  const t = useWords('knowledge')
  const notice = useNotice()
  const publish = useWrite(knowledgeApi.publishBulletin, {
    onDone: () => {
      notice.done(t('bulletin.publishedDone'))
      close()
    },
  })
  return (
    <>
      <p className="muted">{t('bulletin.anonymous')}</p>
      <InLanguages>
        <Form<Values>
          fields={[
            {
              name: 'kind',
              kind: 'choice',
              label: t('bulletin.kind'),
              required: true,
              options: bulletinKinds.map((value) => ({ value, label: t(`bulletinKind.${value}`) })),
            },
            { name: 'title', kind: 'own', label: t('bulletin.title'), required: true, control: <TextsInput maxLength={200} /> },
            {
              name: 'body',
              kind: 'own',
              label: t('bulletin.body'),
              help: t('article.bodyHelp'),
              control: <TextsInput rows={8} maxLength={20_000} />,
            },
            {
              name: 'tags',
              kind: 'own',
              label: t('article.tags'),
              help: t('article.tagsHelp'),
              control: <Select mode="tags" open={false} suffixIcon={null} />,
            },
          ]}
          initial={{ kind: 'notice', title: emptyTexts, body: emptyTexts, tags: [] }}
          onSubmit={({ tags, ...values }) => publish.send({ ...values, tags: [...(tags ?? [])] })}
          problem={publish.problem}
          pending={publish.pending}
          submit={t('bulletin.publish')}
          cancel={close}
        />
      </InLanguages>
    </>
  )
}
