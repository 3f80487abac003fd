"use client";

import type { CatalogueQuery } from "@/lib/api-types";
import { LEVELS, topicName } from "@/lib/catalogue";
import { changeAddressSearch } from "@/lib/use-address-search";

interface Props {
  readonly query: CatalogueQuery;
  readonly topics: readonly string[];
}

type Field = "q" | "level" | "topic" | "order";

/** The choice lives in the address, so that it can be shared and the back button undoes it. */
export function CatalogueFilters({ query, topics }: Props) {
  const change = (field: Field, value: string) => {
    const { q = "", level = "", topic = "", order = "" } = query;
    changeAddressSearch({ q, level, topic, order, [field]: value }, field === "q");
  };
  return (
    <form className="filters" role="search" aria-label="Catalogue" onSubmit={(event) => event.preventDefault()}>
      <label className="field field-wide">
        <span>Search</span>
        <input type="search" value={query.q ?? ""} maxLength={80} placeholder="Words of the title" onChange={(event) => change("q", event.target.value)} />
      </label>
      <label className="field">
        <span>Level</span>
        <select value={query.level ?? ""} onChange={(event) => change("level", event.target.value)}>
          <option value="">All levels</option>
          {LEVELS.map((level) => (
            <option key={level} value={level}>{topicName(level)}</option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Topic</span>
        <select value={query.topic ?? ""} onChange={(event) => change("topic", event.target.value)}>
          <option value="">All topics</option>
          {topics.map((topic) => (
            <option key={topic} value={topic}>{topicName(topic)}</option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Order</span>
        <select value={query.order ?? ""} onChange={(event) => change("order", event.target.value)}>
          <option value="">Recommended</option>
          <option value="title">Title</option>
          <option value="newest">Newest</option>
          <option value="popular">Most learners</option>
        </select>
      </label>
    </form>
  );
}
