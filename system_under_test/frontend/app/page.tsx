import { Catalogue } from "@/components/catalogue";
import { TopicMark } from "@/components/topic-mark";
import { counted, duration } from "@/lib/catalogue";
import { builtModules, topics } from "@/lib/content";

export default function CataloguePage() {
  const cards = builtModules.map(({ lessons: _, ...card }) => card);
  const minutes = builtModules.reduce((total, module) => total + module.minutes, 0);
  return (
    <>
      <section className="hero">
        <div>
          <h1>Learn by building, one bench at a time.</h1>
          <p className="lead">Short, practical modules about building and running software. Pick one, work through its lessons, tick them off.</p>
          <p className="card-facts">
            <span>{counted(builtModules.length, "module")}</span>
            <span>{counted(topics.length, "topic")}</span>
            <span>{duration(minutes)} in all</span>
          </p>
        </div>
        <div className="hero-tiles" aria-hidden="true">
          {topics.slice(0, 6).map((topic, index) => (
            <TopicMark key={topic} topic={topic} pattern={index} />
          ))}
        </div>
      </section>
      <Catalogue modules={cards} topics={topics} />
    </>
  );
}
