import { Button, Tag } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useRoleName } from './role-names.ts'

type Invitation = ResultOf<typeof api.invitations>['items'][number]

/** Who was invited and has not come yet; nothing where there is nobody. */
export function OpenInvitations({ onLink }: { onLink: (email: string, link: string | null) => void }) {
  const t = useWords('organization')
  const format = useFormat()
  const notice = useNotice()
  const roleName = useRoleName()
  const confirm = useConfirm()
  const pages = usePages(api.invitations, { limit: 50 })
  const renew = useWrite(api.renewInvitation)
  const revoke = useWrite(api.revokeInvitation)
  if (pages.items.length === 0) return null
  const again = async ({ id, email }: Invitation) => onLink(email, (await renew.send({ invitationId: id })).link)
  const columns: Column<Invitation>[] = [
    { key: 'email', title: t('field.email'), cell: (one) => one.email },
    { key: 'roles', title: t('field.roles'), cell: (one) => one.roles.map((role) => <Tag key={role}>{roleName(role)}</Tag>) },
    { key: 'by', title: t('invitations.by'), cell: (one) => one.invitedByName ?? t('settings.operator') },
    {
      key: 'sent',
      title: t('invitations.sent'),
      cell: (one) => (one.sentAt ? format.instant(one.sentAt) : t('invitations.notSent')),
      optional: true,
    },
    {
      key: 'expires',
      title: t('invitations.expires'),
      cell: (one) => (one.expired ? <Tag>{t('invitations.expired')}</Tag> : format.instant(one.expiresAt)),
    },
    {
      key: 'actions',
      title: t('users.actionsHeading'),
      cell: (one) => (
        <span className="row">
          <Button
            size="small"
            aria-label={t('invitations.againFor', { email: one.email })}
            onClick={() => void again(one).catch(notice.refused)}
          >
            {t('invitations.again')}
          </Button>
          <Button
            size="small"
            danger
            aria-label={t('invitations.revokeFor', { email: one.email })}
            onClick={() =>
              confirm({ title: t('invitations.revokeAsk', { email: one.email }), verb: t('invitations.revoke') }, () =>
                revoke.send({ invitationId: one.id }),
              )
            }
          >
            {t('invitations.revoke')}
          </Button>
        </span>
      ),
    },
  ]
  return (
    <Section title={t('invitations.title')}>
      <DataTable name="invitations" label={t('invitations.title')} columns={columns} pages={pages} rowKey={(one) => one.id} />
    </Section>
  )
}
