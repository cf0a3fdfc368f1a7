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
  setTheme(name: 'Light Modern' | 'Dark Modern' | 'Dark High Contrast' | 'Light High Contrast'): Promise<void>;
  openFile(name: string): Promise<void>;
  answerQuickInput(text: string): Promise<void>;
  waitForNotebook(): Promise<void>;
  runCell(index: number): Promise<void>;
  startAll(): Promise<void>;
  quickInputRow(text: string): Locator;
  runAll(options?: { readonly timeout?: number }): Promise<void>;
  save(): Promise<void>;
  waitUntilIdle(options?: { readonly timeout?: number }): Promise<void>;
  screenshot(file: string): Promise<void>;
}
