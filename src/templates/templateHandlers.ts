import path from 'node:path';
import { notebookText } from '../common/nbformat';
import type { Handlers } from '../common/rpc';
import type { TemplateService } from '../common/templateService';
import type { DownloadedCopy } from '../common/templates';
import { createFromTemplate } from './createFromTemplate';
import { downloadWithGit, installArchive } from './download/download';
import { SourceStore } from './download/sourceStore';
import { MadeNotebooks } from './madeNotebooks';
import { savedQueryTemplate } from './huntingQueryFile';
import { hashOf, readTemplates } from './templateCatalogue';
import { compareEntries } from './templateOrder';
import { templateDetails } from './templateDetails';
import { makeNotebook } from './templateNotebook';

/** The work behind {@link TemplateService}. @param storage Absolute folder of this machine's templates. */
export function templateHandlers(storage: string): Handlers<TemplateService> {
  const store = new SourceStore(path.join(storage, 'sources'));
  const made = new MadeNotebooks(path.join(storage, 'made'));
  return {
    read: async (read) => readTemplates(read, path.join(storage, 'catalogue', `${read.source}.json`)),
    describeSaved: async ({ source, queries }) =>
      queries
        .map((saved) => savedQueryTemplate(saved, source, hashOf(JSON.stringify([saved.name, saved.description, saved.query]))))
        .sort(compareEntries),
    copies: async ({ keys }) => {
      const copies = await Promise.all(keys.map(async (key) => [key, await store.copy(key)] as const));
      return Object.fromEntries(copies.filter((entry): entry is readonly [string, DownloadedCopy] => entry[1] !== undefined));
    },
    downloadWithGit: async (wish, token, progress) => downloadWithGit(store, wish, { token, progress }),
    archiveFile: async ({ key }) => store.archiveFile(key),
    installArchive: async (wish, token, progress) => installArchive(store, wish, { token, progress }),
    notebookText: async ({ template }) => notebookText((await makeNotebook(template)).notebook),
    details: async ({ template }) => templateDetails(template),
    create: async (wish) => {
      const created = await createFromTemplate(wish);
      // Without it, a later version cannot be compared: no reason to say that the notebook was not made.
      await made.add(wish.template, created.file).catch(() => undefined);
      return created;
    },
    changedSinceMade: async ({ templates }) => made.changed(templates),
    textWhenMade: async ({ hash }) => made.text(hash),
  };
}
