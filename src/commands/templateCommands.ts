import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';
import type { TemplateFiles } from '../views/templateFiles';
import type { TemplateMarks } from '../views/templateMarks';
import type { TemplatePages } from '../views/templatePages';
import type { TemplatesView } from '../views/templatesView';
import type { Command } from './command';
import { CreateFromTemplate } from './createFromTemplate';
import { DownloadTemplates } from './downloadTemplates';
import { OpenSampleHunt } from './openSampleHunt';
import { OpenTemplate } from './openTemplate';
import { PreviewTemplate } from './previewTemplate';
import { RefreshTemplates } from './refreshTemplates';
import { ShowTemplateChanges } from './showTemplateChanges';
import { SetTemplateFavourite } from './templateFavourites';
import { ArrangeTemplates, ClearTemplateFilter, FilterTemplates } from './templateLook';
import { EditTemplateSources } from './templateSources';

/** What commands of templates work on. */
export interface TemplateSubjects {
  readonly templates: TemplatesView;
  readonly templateFiles: TemplateFiles;
  readonly templateMarks: TemplateMarks;
  readonly templatePages: TemplatePages;
  readonly templateWorker: TemplateWorkerHost;
}

export function templateCommands(
  subjects: TemplateSubjects & { readonly workspaces: Workspaces; readonly notebooks: HuntNotebooks },
): readonly Command[] {
  const { templates, templateFiles, templateMarks, templatePages, templateWorker, workspaces, notebooks } = subjects;
  return [
    new OpenSampleHunt(templates, templateWorker, notebooks),
    new CreateFromTemplate(templates, templateWorker, workspaces, notebooks),
    new OpenTemplate(templates, templatePages),
    new PreviewTemplate(templates, templateFiles),
    new DownloadTemplates(templates),
    new ShowTemplateChanges(templates, templateFiles),
    new FilterTemplates(templates),
    new ClearTemplateFilter(templates),
    new ArrangeTemplates(templates),
    new SetTemplateFavourite(true, templates, templateMarks, templatePages),
    new SetTemplateFavourite(false, templates, templateMarks, templatePages),
    new EditTemplateSources(),
    new RefreshTemplates(templates),
  ];
}
