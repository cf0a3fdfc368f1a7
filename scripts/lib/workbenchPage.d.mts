import type { FrameLocator, Locator, Page } from 'playwright-core';

export class WorkbenchPage {
  constructor(page: Page);
  get page(): Page;
  get messages(): readonly string[];
  get icon(): Locator;
  get outputs(): FrameLocator;
  open(url: string): Promise<void>;
  showSidebar(): Promise<void>;
  treeItem(name: string): Locator;
  runCommand(title: string): Promise<void>;
  openFile(name: string): Promise<void>;
  answerQuickInput(text: string): Promise<void>;
  waitForNotebook(): Promise<void>;
  runCell(index: number): Promise<void>;
  runAll(options?: { readonly timeout?: number }): Promise<void>;
  save(): Promise<void>;
  screenshot(file: string): Promise<void>;
}
